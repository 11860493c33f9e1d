import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryView, testRow } from '../../test/support/memory-view.ts';
import type { ReadView } from '../domain/view.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '../model/dictionary.ts';
import { dependentsOf, scopeOfRow } from './record-scope.ts';
import { managersOf, membersOf as membersWith, scopesTouchedBy, workersIn, type WorkersOf } from './scope-members.ts';
import {
  aggregateScope,
  membershipChanges,
  ownScope,
  parseScope,
  recordScope,
  scopeDelta,
  SHARED_SCOPE,
  type Membership,
  type Scope,
} from './scope.ts';

const nobody: WorkersOf = () => [];
const membersOf = (view: ReadView, scope: Scope, workersOf = nobody) => membersWith(view, scope, workersOf);

function world() {
  const view = memoryView();
  view.put('user', testRow('user', 'boss', { name: 'Boss' }), testRow('user', 'lead', { name: 'Lead', manager: 'boss' }));
  view.put('user', testRow('user', 'kim', { name: 'Kim', manager: 'lead' }), testRow('user', 'lee', { name: 'Lee', manager: 'boss' }));
  view.put('account', testRow('account', 'a1', { name: 'Acme', owner: 'lee' }), testRow('account', 'a2', { name: 'Zeta' }));
  view.put('engagement', testRow('engagement', 'e1', { title: 'Care', account: 'a1', csm: 'kim' }));
  view.put('touchpoint', testRow('touchpoint', 't1', { subject: 'Call', engagement: 'e1', account: 'a1' }));
  view.put('riskSignal', testRow('riskSignal', 's1', { shortDescription: 'R', engagement: 'e1' }));
  view.put('riskOccurrence', testRow('riskOccurrence', 'o1', { signal: 's1', startDate: '2026-01-01', endDate: '2026-01-02' }));
  view.put('dataPointSeries', testRow('dataPointSeries', 'p1', { source: 'x', sourceTable: 'account', sourceRecord: 'a1' }));
  view.put('savedFilter', testRow('savedFilter', 'f1', { name: 'F', list: 'engagement', condition: { all: [] }, owner: 'kim' }));
  view.put(
    'savedFilter',
    testRow('savedFilter', 'f2', { name: 'F', list: 'engagement', condition: { all: [] }, owner: 'kim', shared: true }),
  );
  view.put('product', testRow('product', 'g1', { name: 'GTX' }));
  view.put('opportunity', testRow('opportunity', 'q1', { name: 'New deal' }));
  return view;
}

test.each([
  ['engagement', 'e1', 'engagement:e1'],
  ['account', 'a1', 'account:a1'],
  ['touchpoint', 't1', 'engagement:e1'],
  ['riskSignal', 's1', 'engagement:e1'],
  ['riskOccurrence', 'o1', 'engagement:e1'],
  ['dataPointSeries', 'p1', 'account:a1'],
  ['savedFilter', 'f1', 'user:kim'],
  ['savedFilter', 'f2', 'shared'],
  ['product', 'g1', 'shared'],
  ['opportunity', 'q1', 'record:opportunity/q1'],
] as const)('S9 the scope of a %s', (table, id, scope) => {
  const view = world();
  const row = view.get(table, id);
  expect(row && scopeOfRow(view, table, row)).toBe(scope);
});

test('S9 every record type of the dictionary has a scope, and none of customers or work is shared', () => {
  const view = world();
  for (const table of tableNames) {
    const scope = scopeOfRow(view, table, testRow(table, 'x', {}));
    expect(parseScope(scope), table).toBeDefined();
    if (['work', 'customerData', 'link'].includes(tableOf(table).access ?? 'work')) expect(scope, table).not.toBe(SHARED_SCOPE);
  }
});

test('S9 what comes to its scope through a record is found from there', () => {
  expect(dependentsOf(world(), 'riskSignal', 's1').map(({ row }) => row.id)).toEqual(['o1']);
});

test('SYN-06 an engagement is had by those named on it or on its account, and by the managers above them', () => {
  const view = world();
  expect(managersOf(view, 'kim')).toEqual(['lead', 'boss']);
  expect(Object.fromEntries(membersOf(view, aggregateScope('engagement', 'e1')))).toEqual({
    kim: true,
    lee: true,
    lead: false,
    boss: false,
  });
  expect([...membersOf(view, aggregateScope('account', 'a1')).keys()].toSorted()).toEqual(['boss', 'kim', 'lead', 'lee']);
  // nobody is named on it: whoever made it keeps it
  expect([...membersOf(view, aggregateScope('account', 'a2')).keys()]).toEqual(['u1']);
  expect(membersOf(view, recordScope('opportunity', 'q1')).get('u1')).toBe(true);
  expect(membersOf(view, SHARED_SCOPE).size + membersOf(view, ownScope('kim')).size + membersOf(view, 'nonsense').size).toBe(0);
});

test('S9 a manager tree that runs in a circle ends', () => {
  const view = world();
  view.put('user', testRow('user', 'boss', { name: 'Boss', manager: 'kim' }));
  expect(managersOf(view, 'kim')).toEqual(['lead', 'boss']);
});

test('SYN-06 who is named on work of an engagement is on it; who is on the team of an account is on all of its engagements', () => {
  const view = world();
  view.put('user', testRow('user', 'pat', { name: 'Pat' }), testRow('user', 'sam', { name: 'Sam' }));
  const workers = new Map([
    ['engagement:e1', workersIn('touchpoint', testRow('touchpoint', 't1', { subject: 'Call', engagement: 'e1', assignedTo: 'pat' }))],
    ['account:a1', workersIn('accountTeamMember', testRow('accountTeamMember', 'm1', { about: 'account/a1', user: 'sam' }))],
  ]);
  const workersOf: WorkersOf = (scope) => workers.get(scope) ?? [];
  expect([...membersOf(view, 'engagement:e1', workersOf).keys()].toSorted()).toEqual(['boss', 'kim', 'lead', 'lee', 'pat', 'sam']);
  expect([...membersOf(view, 'account:a1', workersOf).keys()].toSorted()).toEqual(['boss', 'kim', 'lead', 'lee', 'pat', 'sam']);
  workers.set('account:a1', workersIn('contract', testRow('contract', 'c1', { name: 'C', account: 'a1' })));
  expect(membersOf(view, 'engagement:e1', workersOf).has('sam')).toBe(false);
});

test('S9 a change of who works on what names the scopes whose members it may change', () => {
  const view = world();
  const before = view.get('engagement', 'e1');
  const of = (table: TableName, was: AnyRow | undefined, is: AnyRow | undefined, scope: string, left?: string) =>
    scopesTouchedBy(view, { table, before: was, after: is, scope, left });
  const moved = testRow('engagement', 'e1', { title: 'Care', account: 'a2', csm: 'kim' });
  expect(of('engagement', before, moved, 'engagement:e1')).toEqual(['account:a1', 'account:a2', 'engagement:e1']);
  expect(of('engagement', before, before && { ...before, title: 'Other' }, 'engagement:e1')).toEqual([]);
  expect(of('account', undefined, view.get('account', 'a1'), 'account:a1')).toEqual(['account:a1', 'engagement:e1']);
  expect(of('touchpoint', undefined, view.get('touchpoint', 't1'), 'engagement:e1')).toEqual([]);
  const assigned = testRow('touchpoint', 't1', { subject: 'Call', engagement: 'e1', assignedTo: 'lee' });
  expect(of('touchpoint', view.get('touchpoint', 't1'), assigned, 'engagement:e1')).toEqual(['account:a1', 'engagement:e1']);
});

test('S9 S11 grants and revocations are what differs; who comes to be named is granted anew, for a fill may have passed that place', () => {
  const before = new Map([
    ['a', true],
    ['b', false],
    ['c', true],
    ['e', true],
  ]);
  const after = new Map([
    ['b', true],
    ['c', true],
    ['d', false],
    ['e', false],
  ]);
  expect(membershipChanges(before, after)).toEqual({ grant: ['b', 'd'], revoke: ['a'], keep: ['e'] });
});

const one = (granted: number, revoked?: number): Membership => ({ scope: 'engagement:e', granted, revoked, direct: true });
test.each([
  ['granted since', one(5), 3, 9, 1, 0],
  ['granted before', one(2), 3, 9, 0, 0],
  ['granted later', one(12), 3, 9, 0, 0],
  ['revoked since', one(2, 5), 3, 9, 0, 1],
  ['granted and revoked since', one(4, 5), 3, 9, 0, 1],
  ['revoked before', one(1, 2), 3, 9, 0, 0],
  ['to be revoked later', one(2, 12), 3, 9, 0, 0],
])('S9 a scope %s', (_words, membership, from, to, fills, forgets) => {
  const delta = scopeDelta([membership], from, to);
  expect([delta.fill.length, delta.forget.length]).toEqual([fills, forgets]);
});

test('S9 read in steps or at once, a device ends with the scopes that it has', () => {
  // the server keeps the last grant and the last revocation of a membership; each step sees what is kept then
  const history = fc.array(fc.boolean(), { maxLength: 12 });
  fc.assert(
    fc.property(history, fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }), (states, stops) => {
      const at = (to: number): Membership[] => {
        let kept: Membership | undefined;
        states.slice(0, to).forEach((has, index) => {
          const seq = index + 1;
          const had = kept !== undefined && kept.revoked === undefined;
          if (has && !had) kept = one(seq);
          else if (!has && had && kept) kept = { ...kept, revoked: seq };
        });
        return kept ? [kept] : [];
      };
      let has = false;
      let from = 0;
      for (const to of [...stops, states.length].toSorted((a, b) => a - b).filter((stop) => stop <= states.length)) {
        const { fill, forget } = scopeDelta(at(to), from, to);
        if (forget.length > 0) has = false;
        if (fill.length > 0) has = true;
        from = to;
      }
      expect(has).toBe(states.at(-1) ?? false);
    }),
  );
});

test('a scope takes itself apart', () => {
  expect(parseScope(recordScope('opportunity', 'q:1'))).toEqual({ kind: 'record', id: 'opportunity/q:1' });
  expect(['', 'x', 'toString:1', 'account:'].map(parseScope)).toEqual([undefined, undefined, undefined, undefined]);
});
