import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { IconButton } from '../icon-button.tsx';
import names from './columns-menu.module.css';
import type { Column, ColumnLayout } from './types.ts';

type Props<R> = {
  readonly columns: readonly Column<R>[];
  readonly shown: readonly string[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout | undefined) => void;
};

/** A list with one item moved one place up or down. */
export function reordered(keys: readonly string[], key: string, by: -1 | 1): readonly string[] {
  const at = keys.indexOf(key);
  const to = at + by;
  if (at < 0 || to < 0 || to >= keys.length) return keys;
  const others = keys.filter((other) => other !== key);
  return [...others.slice(0, to), key, ...others.slice(to)];
}

const MANY = 30;

/** Which columns a list shows and in which order; Alt with the arrow keys moves one. */
export function ColumnsMenu<R>({ columns, shown, layout, onLayout }: Props<R>) {
  // of many columns, those of other records are found by their names
  const isLong = columns.length > MANY;
  const chosen = shown.map((key) => columns.find((column) => column.key === key)).filter((column) => column !== undefined);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const others = columns.filter(
    (column) =>
      !shown.includes(column.key) && (wanted === '' ? !isLong || !column.key.includes('.') : column.title.toLowerCase().includes(wanted)),
  );
  const set = (keys: readonly string[]) => onLayout({ ...layout, keys });
  const onKeyDown = (event: KeyboardEvent, key: string) => {
    const by = event.altKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined;
    if (by === undefined || !shown.includes(key)) return;
    event.preventDefault();
    set(reordered(shown, key, by));
  };
  const line = (column: Column<R>, isShown: boolean) => (
    <div key={column.key} className={names.line} onKeyDown={(event) => onKeyDown(event, column.key)}>
      <Checkbox
        label={column.title}
        checked={isShown}
        disabled={isShown && shown.length === 1}
        onChange={() => set(isShown ? shown.filter((key) => key !== column.key) : [...shown, column.key])}
      />
      {isShown && (
        <span className={names.movers}>
          <IconButton
            icon="arrowUp"
            size={24}
            label={`Move ${column.title} up`}
            keys="Alt+↑"
            onClick={() => set(reordered(shown, column.key, -1))}
          />
          <IconButton
            icon="arrowDown"
            size={24}
            label={`Move ${column.title} down`}
            keys="Alt+↓"
            onClick={() => set(reordered(shown, column.key, 1))}
          />
        </span>
      )}
    </div>
  );
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <IconButton icon="columns" label="Columns" />
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label="Columns">
        {isLong && (
          <TextInput
            type="search"
            aria-label="Find a column"
            placeholder="Find a column"
            mb="xs"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <div className={names.menu}>
          {chosen.map((column) => line(column, true))}
          {others.length > 0 && <hr className={names.rule} />}
          {others.map((column) => line(column, false))}
        </div>
        <Button size="compact-xs" mt="xs" onClick={() => onLayout(undefined)}>
          As delivered
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
