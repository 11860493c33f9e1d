import { useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount, type Mounted } from '../../../test/support/mount.tsx';
import { DataList } from './data-list.tsx';
import type { Column, ListRows } from './types.ts';

type Line = { readonly name: string };
const KEYS = ['one', 'two', 'three', 'four'] as const;
const all: readonly Column<Line>[] = KEYS.map((key) => ({ key, title: key, width: 160, render: (line) => `${key} ${line.name}` }));
const rows: ListRows<Line> = { total: 20, rowAt: (index) => ({ name: `line ${index}` }), onRange: () => undefined };

function Harness({ seen }: { readonly seen: string[] }) {
  const [columns, setColumns] = useState(all);
  const onMove = (key: string, to: number) => {
    const others = columns.filter((column) => column.key !== key);
    const moved = columns.filter((column) => column.key === key);
    setColumns([...others.slice(0, to), ...moved, ...others.slice(to)]);
  };
  return (
    <main style={{ height: '100%' }}>
      <DataList
        label="Lines"
        columns={columns}
        rows={rows}
        queryKey="q"
        sort={[]}
        onSort={(sort) => seen.push(`sort ${sort[0]?.field ?? ''}`)}
        onResize={() => undefined}
        onOpen={() => undefined}
        empty=""
        heads={{ actionsOf: (key) => [{ label: `Act on ${key}`, run: () => seen.push(`act ${key}`) }], onMove }}
      />
    </main>
  );
}

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

const head = (name: string) => page.getByRole('columnheader', { name, exact: true });
const titles = () => [...document.querySelectorAll('[role="columnheader"]')].map((cell) => cell.getAttribute('aria-label'));
const headElement = (name: string) => document.querySelector<HTMLElement>(`[role="columnheader"][aria-label="${name}"]`);
const pointer = (type: string, clientX: number) => new PointerEvent(type, { bubbles: true, clientX, clientY: 10, pointerId: 1, button: 0 });

describe('REC-36 the heads of columns', () => {
  test('a menu opens by key, acts, and leaves the focus on its head', async () => {
    const seen: string[] = [];
    mounted = mount(<Harness seen={seen} />);
    await userEvent.click(head('two'));
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await userEvent.click(page.getByRole('menuitem', { name: 'Act on two' }));
    expect(seen).toEqual(['sort two', 'act two']);
    await expect.poll(() => document.activeElement).toBe(headElement('two'));
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await expect.element(page.getByRole('menuitem', { name: 'Act on two' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement).toBe(headElement('two'));
  });

  test('a column is moved by keyboard, and takes the focus along', async () => {
    mounted = mount(<Harness seen={[]} />);
    await userEvent.click(head('two'));
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowRight}{/Shift}{/Alt}');
    await expect.poll(titles).toEqual(['one', 'three', 'two', 'four']);
    await expect.poll(() => document.activeElement).toBe(headElement('two'));
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Shift}{/Alt}');
    await expect.poll(titles).toEqual(['two', 'one', 'three', 'four']);
  });

  test('a column is dragged to its place, which sorts nothing; a press that stays sorts', async () => {
    const seen: string[] = [];
    mounted = mount(<Harness seen={seen} />);
    await expect.element(head('one')).toBeVisible();
    const one = headElement('one');
    const three = headElement('three')?.getBoundingClientRect();
    // a pointer that no device has cannot be captured
    if (one) one.setPointerCapture = () => undefined;
    one?.dispatchEvent(pointer('pointerdown', 20));
    one?.dispatchEvent(pointer('pointermove', (three?.left ?? 0) + (three?.width ?? 0) * 0.8));
    one?.dispatchEvent(pointer('pointerup', (three?.left ?? 0) + 100));
    one?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    await expect.poll(titles).toEqual(['two', 'three', 'one', 'four']);
    expect(seen).toEqual([]);
    await userEvent.click(head('one'));
    expect(seen).toEqual(['sort one']);
  });
});
