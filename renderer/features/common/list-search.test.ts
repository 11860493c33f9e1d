import { describe, expect, test } from 'vitest';
import { readListSearch, withPart, type ListSearch } from './list-search.ts';

describe('a list keeps its filter and sort in its address', () => {
  test('what fits is read, what does not is left out', () => {
    expect(
      readListSearch({
        text: 'north',
        condition: { field: 'stage', op: 'is', value: 'renew' },
        sort: [{ field: 'health', direction: 'up' }, { field: 1 }],
        other: 1,
      }),
    ).toEqual({ text: 'north', condition: { field: 'stage', op: 'is', value: 'renew' }, sort: [{ field: 'health', direction: 'up' }] });
    expect(readListSearch({ text: 4, condition: { field: 'stage', op: 'drop table' }, sort: 'health' })).toEqual({});
  });
  test('a part that is emptied leaves the address', () => {
    const search: ListSearch = { text: 'north', sort: [{ field: 'health', direction: 'up' }] };
    expect(withPart(search, { text: '' })).toEqual({ sort: search.sort });
    expect(withPart(search, { sort: [] })).toEqual({ text: 'north' });
  });
});
