import { useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount, type Mounted } from '../../../test/support/mount.tsx';
import { DataList } from './data-list.tsx';
import type { Column, ListPlace, ListRows, Sort } from './types.ts';

type Line = { readonly id: number; readonly name: string; readonly value: number };
const COLUMNS: readonly Column<Line>[] = [
  { key: 'name', title: 'Name', width: 200, render: (line) => line.name },
  { key: 'value', title: 'Value', width: 120, align: 'end', render: (line) => line.value },
  { key: 'more', title: 'More', width: 400, sortable: false, render: () => 'x' },
  { key: 'last', title: 'Last', width: 400, render: () => 'y' },
];
const lineAt = (index: number): Line => ({ id: index, name: `Line ${index}`, value: index * 3 });

type Seen = { opened: string[]; peeked: string[]; sorts: Sort[]; ranges: [number, number][] };
const places = new Map<string, ListPlace>();

function Harness({ total, seen, loaded = () => true }: { total: number | undefined; seen: Seen; loaded?: (index: number) => boolean }) {
  const [sort, setSort] = useState<Sort>([]);
  const [peeking, setPeeking] = useState(false);
  const [rows] = useState<ListRows<Line>>(() => ({
    total,
    rowAt: (index) => (loaded(index) ? lineAt(index) : undefined),
    onRange: (first, last) => seen.ranges.push([first, last]),
  }));
  const [hooks] = useState(() => ({
    onOpen: (line: Line) => seen.opened.push(line.name),
    onPeek: (line: Line) => {
      seen.peeked.push(line.name);
      setPeeking(true);
    },
    recall: (key: string) => places.get(key),
    remember: (key: string, place: ListPlace) => places.set(key, place),
  }));
  return (
    <DataList
      label="Lines"
      columns={COLUMNS}
      rows={rows}
      queryKey={JSON.stringify(sort)}
      sort={sort}
      onSort={(next) => {
        seen.sorts.push(next);
        setSort(next);
      }}
      onResize={() => undefined}
      onOpen={hooks.onOpen}
      onPeek={hooks.onPeek}
      peeking={peeking}
      onEndPeek={() => setPeeking(false)}
      recall={hooks.recall}
      remember={hooks.remember}
      empty={<p>Nothing here</p>}
    />
  );
}

const nothingSeen = (): Seen => ({ opened: [], peeked: [], sorts: [], ranges: [] });
let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
  places.clear();
});

const grid = () => page.getByRole('grid', { name: 'Lines' });
const cell = (name: string) => page.getByRole('gridcell', { name, exact: true });
const focused = () => document.activeElement?.textContent ?? '';
const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

describe('UX-01, UX-03 the list grid', () => {
  test('of 100,000 rows only those on screen exist, and the grid tells its true size', async () => {
    mounted = mount(<Harness total={100_000} seen={nothingSeen()} />);
    await expect.element(cell('Line 0')).toBeVisible();
    expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(60);
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '100001');
    await expect.element(grid()).toHaveAttribute('aria-colcount', '4');
  });

  test('one tab stop, moved by the arrow keys, Home, End and the page keys', async () => {
    mounted = mount(<Harness total={100_000} seen={nothingSeen()} />);
    await expect.element(cell('Line 0')).toBeVisible();
    expect(document.querySelectorAll('[role="grid"] [tabindex="0"]')).toHaveLength(1);
    await userEvent.click(cell('Line 0'));
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
    await expect.poll(focused).toBe('6');
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.poll(() => document.activeElement?.closest('[role="row"]')?.getAttribute('aria-rowindex')).toBe('100001');
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    await expect.poll(focused).toBe('Line 0');
    await userEvent.keyboard('{PageDown}');
    await expect.poll(focused).toMatch(/^Line 1\d$/);
    await userEvent.keyboard('{Home}{ArrowUp}');
    await expect.poll(focused).toMatch(/^Line/);
  });

  test('the focus is not lost when its row is scrolled far away', async () => {
    mounted = mount(<Harness total={100_000} seen={nothingSeen()} />);
    await userEvent.click(cell('Line 3'));
    const scroller = document.querySelector('[role="grid"]');
    scroller?.scrollTo({ top: 1_000_000 });
    await frame();
    await frame();
    expect(focused()).toBe('Line 3');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toBe('Line 4');
  });

  test('Enter opens, Space peeks and follows, Escape ends it', async () => {
    const seen = nothingSeen();
    mounted = mount(<Harness total={50} seen={seen} />);
    await userEvent.click(cell('Line 2'));
    await userEvent.keyboard('{Enter}');
    expect(seen.opened).toEqual(['Line 2']);
    await userEvent.keyboard(' ');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(() => seen.peeked.at(-1)).toBe('Line 3');
    await expect.element(page.getByRole('row', { selected: true })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelectorAll('[aria-selected="true"]').length).toBe(0);
  });

  test('headers sort by keyboard, Shift adds, and one that cannot be sorted by says nothing', async () => {
    const seen = nothingSeen();
    mounted = mount(<Harness total={50} seen={seen} />);
    await userEvent.click(page.getByRole('columnheader', { name: 'Name' }));
    await userEvent.keyboard('{ArrowRight}{Shift>}{Enter}{/Shift}');
    expect(seen.sorts.at(-1)).toEqual([
      { field: 'name', direction: 'up' },
      { field: 'value', direction: 'up' },
    ]);
    await expect.element(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
    expect(document.querySelector('[role="columnheader"]:nth-child(3)')?.hasAttribute('aria-sort')).toBe(false);
  });

  test('rows that have not arrived are bones in their place, and their window is asked for', async () => {
    const seen = nothingSeen();
    mounted = mount(<Harness total={1000} seen={seen} loaded={(index) => index < 5} />);
    await expect.element(cell('Line 4')).toBeVisible();
    expect(document.querySelector('[data-row="7"]')?.textContent).toBe('');
    document.querySelector('[role="grid"]')?.scrollTo({ top: 20_000 });
    await expect.poll(() => seen.ranges.at(-1)?.[0]).toBeGreaterThan(500);
  });

  test('a list comes back where it was left', async () => {
    mounted = mount(<Harness total={5000} seen={nothingSeen()} />);
    await userEvent.click(cell('Line 3'));
    document.querySelector('[role="grid"]')?.scrollTo({ top: 40_000 });
    await frame();
    mounted.unmount();
    mounted = mount(<Harness total={5000} seen={nothingSeen()} />);
    await expect.poll(() => document.querySelector('[role="grid"]')?.scrollTop).toBe(40_000);
    await expect.poll(focused).toBe('Line 3');
  });

  test('nothing there says so', async () => {
    mounted = mount(<Harness total={0} seen={nothingSeen()} />);
    await expect.element(page.getByText('Nothing here')).toBeVisible();
  });

  test('scrolling through 100,000 rows draws only what is in sight, and the right rows', async () => {
    mounted = mount(<Harness total={100_000} seen={nothingSeen()} />, { width: 1200, height: 800 });
    await expect.element(cell('Line 0')).toBeVisible();
    const scroller = document.querySelector('[role="grid"]');
    let most = 0;
    for (let step = 1; step <= 40; step += 1) {
      await frame();
      scroller?.scrollTo({ top: step * 7200 });
      scroller?.dispatchEvent(new Event('scroll'));
      most = Math.max(most, document.querySelectorAll('[role="row"]').length);
    }
    expect(most).toBeLessThan(80);
    scroller?.scrollTo({ top: scroller.scrollHeight });
    await expect.element(cell('Line 99999')).toBeVisible();
  });
});
