import { useRef, type KeyboardEvent } from 'react';
import { formatNumber } from './format.ts';
import names from './view-tabs.module.css';

export type View<V extends string> = { readonly value: V; readonly label: string; readonly count?: number | undefined };
type Props<V extends string> = {
  readonly label: string;
  readonly views: readonly View<V>[];
  readonly value: V;
  readonly onChange: (value: V) => void;
};

/** Ready-made filters over a list, with their counts: a group of which one is chosen, moved through with the arrow keys. */
export function ViewTabs<V extends string>({ label, views, value, onChange }: Props<V>) {
  const group = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = views.findIndex((view) => view.value === value);
    const next = views[(at + step + views.length) % views.length];
    if (!next) return;
    onChange(next.value);
    group.current?.querySelector<HTMLElement>(`[data-view="${next.value}"]`)?.focus();
  };
  return (
    <div ref={group} role="radiogroup" aria-label={label} className={names.views} onKeyDown={onKeyDown}>
      {views.map((view) => (
        <button
          key={view.value}
          type="button"
          role="radio"
          aria-checked={view.value === value}
          tabIndex={view.value === value ? 0 : -1}
          data-view={view.value}
          className={names.view}
          onClick={() => onChange(view.value)}
        >
          {view.label}
          {view.count !== undefined && <span className={names.count}>{formatNumber(view.count, 0)}</span>}
        </button>
      ))}
    </div>
  );
}
