import { PUBLICATION } from '#shared/model/mixins.ts';
import { Icon } from '../../ui/icon.tsx';
import names from './definitions.module.css';

const ICONS = { draft: 'pencil', published: 'check', retired: 'close' } as const;

/** Draft, published or retired, with a sign. */
export function StateChip({ state }: { state: keyof typeof PUBLICATION | undefined }) {
  const shown = state ?? 'draft';
  return (
    <span className={names.state} data-state={shown}>
      <Icon name={ICONS[shown]} size={12} />
      {PUBLICATION[shown]}
    </span>
  );
}
