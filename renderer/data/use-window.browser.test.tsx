import { useEffect, useSyncExternalStore } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount, type Mounted } from '../../test/support/mount.tsx';
import { createScriptedClient } from '../../test/support/scripted-client.ts';
import { ClientProvider } from './client-provider.tsx';
import { useWindow } from './use-window.ts';
import { windowFor } from './window-store.ts';

type Ask = { readonly search?: string };
type OnRange = (first: number, last: number) => void;

function Shown({ ask, tell }: { ask: Ask; tell: (onRange: OnRange) => void }) {
  const rows = useWindow('records.list', { table: 'account', ...ask });
  useSyncExternalStore(rows.subscribe, rows.version);
  useEffect(() => tell(rows.onRange), [tell, rows.onRange]);
  const labels = [0, 1, 250, 950].map((index) => rows.rowAt(index)?.label ?? '?');
  return (
    <p>
      {rows.total ?? 'waiting'}: {labels.join(' ')}
    </p>
  );
}

const answer = (offset: number, limit: number, total: number, prefix = 'r') => ({
  total,
  refs: {},
  rows: Array.from({ length: Math.min(limit, total - offset) }, (_, index) => ({
    row: {},
    derived: {},
    label: `${prefix}${offset + index}`,
  })),
});

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

describe('a list read in windows', () => {
  test.each([
    [0, 20],
    [90, 130],
    [99_980, 99_999],
    [500, 1300],
  ])('the window of rows %d to %d holds them with some to spare', (first, last) => {
    const { offset, limit } = windowFor(first, last);
    expect(offset).toBeLessThanOrEqual(first);
    expect(offset + limit).toBeGreaterThan(last);
    expect(limit).toBeLessThanOrEqual(1000);
  });

  test('follows the scroll position, keeps what was seen, and drops it when the list changes', async () => {
    const { client, lives } = createScriptedClient();
    let scrollTo: OnRange = () => undefined;
    const tell = (onRange: OnRange) => {
      scrollTo = onRange;
    };
    const screen = (ask: Ask) => (
      <ClientProvider client={client}>
        <Shown ask={ask} tell={tell} />
      </ClientProvider>
    );
    mounted = mount(screen({}));
    await expect.poll(() => lives.length).toBe(1);
    lives[0]?.next(answer(0, 300, 1000));
    await expect.element(page.getByText('1000: r0 r1 r250 ?')).toBeVisible();

    scrollTo(900, 930);
    await expect.poll(() => lives.length).toBe(2);
    expect(lives[1]?.input).toMatchObject({ window: { offset: 850, limit: 300 } });
    lives[1]?.next(answer(850, 300, 1000));
    await expect.element(page.getByText('1000: r0 r1 r250 r950')).toBeVisible();

    // a change: rows outside the window may have moved
    lives[1]?.next(answer(850, 300, 1001, 'n'));
    await expect.element(page.getByText('1001: ? ? ? n950')).toBeVisible();

    mounted.show(screen({ search: 'x' }));
    await expect.element(page.getByText('waiting: ? ? ? ?')).toBeVisible();
    await expect.poll(() => lives.length).toBe(3);
    lives[2]?.next(answer(0, 300, 2, 's'));
    await expect.element(page.getByText('2: s0 s1 ? ?')).toBeVisible();
  });
});
