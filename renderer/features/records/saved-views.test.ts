import { describe, expect, test } from 'vitest';
import { isShown, readLayout, standardView, type SavedView } from './saved-views.ts';

const view: SavedView = {
  id: '1',
  name: 'Mine',
  search: { sort: [{ field: 'name', direction: 'up' }] },
  layout: { keys: ['name', 'owner'], widths: { name: 300 } },
  shared: false,
  standard: false,
  isOwn: true,
};

describe('REC-36 the columns of a kept view', () => {
  test('are read in their order with their widths, and as they were kept before there were widths', () => {
    expect(readLayout({ keys: ['a', 'b'], widths: { a: 120, b: 'wide' } })).toEqual({ keys: ['a', 'b'], widths: { a: 120 } });
    expect(readLayout(['a', 'b'])).toEqual({ keys: ['a', 'b'] });
  });
  test.each([undefined, null, 'a', { keys: 'a' }, { widths: {} }, [1]])('%j is no arrangement', (value) => {
    expect(readLayout(value)).toBeUndefined();
  });
  test('belong to what it shows: another order or width is a change', () => {
    const shown = { condition: undefined, sort: view.search.sort, group: undefined };
    expect(isShown(view, { ...shown, layout: { keys: ['name', 'owner'], widths: { name: 300 } } })).toBe(true);
    expect(isShown(view, { ...shown, layout: { keys: ['owner', 'name'], widths: { name: 300 } } })).toBe(false);
    expect(isShown(view, { ...shown, layout: { keys: ['name', 'owner'] } })).toBe(false);
    expect(isShown({ ...view, layout: undefined }, { ...shown, layout: { keys: ['owner'] } })).toBe(true);
  });
});

test('REC-36 a list opens with the person’s own view before one that is shared', () => {
  const shared = { ...view, id: '2', shared: true, standard: true, isOwn: false };
  const own = { ...view, id: '3', standard: true };
  expect(standardView([view, shared])?.id).toBe('2');
  expect(standardView([view, shared, own])?.id).toBe('3');
  expect(standardView([view, { ...shared, shared: false }])).toBeUndefined();
});
