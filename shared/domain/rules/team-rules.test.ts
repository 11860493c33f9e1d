import { describe, expect, test } from 'vitest';
import { portfolioWorld, type RuleWorld } from '../../../test/support/rule-harness.ts';
import type { FieldsToSet } from './rule.ts';
import type { TableName } from '../../model/dictionary.ts';

function world(): RuleWorld {
  const w = portfolioWorld();
  w.run(({ create }) => {
    create('engagement', 'e2', { title: 'Other', account: 'a1' });
    create('responsibility', 'r1', { name: 'Technical lead' });
    create('responsibility', 'r2', { name: 'Executive sponsor' });
    create('entitlement', 'n1', { name: 'Gold support', account: 'a1' });
    create('entitlement', 'n2', { name: 'Foreign support', account: 'a3' });
    create('soldProduct', 's3', { account: 'a3', product: 'p1' });
  });
  return w;
}

type Case = {
  readonly rule: string;
  readonly table: TableName;
  readonly values: FieldsToSet;
  readonly other: FieldsToSet;
  readonly says: string;
};
const CASES: readonly Case[] = [
  {
    rule: 'BR-21',
    table: 'squadMember',
    values: { about: 'engagement/e1', user: 'u1', responsibility: 'r1' },
    other: { responsibility: 'r2' },
    says: 'Squad member “Kim · Technical lead” is in this squad already. Change that one, or choose another.',
  },
  {
    rule: 'BR-21',
    table: 'squadMember',
    values: { about: 'engagement/e1', user: 'u1' },
    other: { about: 'engagement/e2' },
    says: 'Squad member “Kim” is in this squad already.',
  },
  {
    rule: 'BR-41',
    table: 'customerTeamMember',
    values: { about: 'engagement/e1', contact: 'k1', responsibility: 'r1' },
    other: { responsibility: 'r2' },
    says: 'Customer team member “Ann · Technical lead” is in this customer team already.',
  },
  {
    rule: 'BR-41',
    table: 'accountTeamMember',
    values: { about: 'account/a1', user: 'u1', responsibility: 'r1' },
    other: { user: 'u2' },
    says: 'Account team member “Kim · Technical lead” is in this account team already.',
  },
  {
    rule: 'BR-41',
    table: 'engagementEntitlement',
    values: { engagement: 'e1', entitlement: 'n1' },
    other: { engagement: 'e2' },
    says: 'is linked to this engagement already.',
  },
  {
    rule: 'BR-41',
    table: 'engagementSoldProduct',
    values: { engagement: 'e1', soldProduct: 's1' },
    other: { engagement: 'e2' },
    says: 'is linked to this engagement already.',
  },
];

describe.each(CASES)('$rule $table', ({ rule, table, values, other, says }) => {
  test(`${rule} a second one alike is refused, made or changed into, and named; another one is taken`, () => {
    const w = world();
    w.run(({ create }) => create(table, 'm1', values));
    const refused = w.refused(({ create }) => create(table, 'm2', values));
    expect(refused.message).toContain(says);
    expect(refused.details).toMatchObject({ rule, table, blocking: [{ table, id: 'm1' }] });
    w.run(({ create }) => create(table, 'm2', { ...values, ...other }));
    const back = Object.fromEntries(Object.keys(other).map((key) => [key, values[key] ?? null]));
    expect(w.refused(({ update }) => update(table, 'm2', back)).details).toMatchObject({ rule });
    w.run(({ remove }) => remove(table, 'm1'));
    w.run(({ update }) => update(table, 'm2', back));
  });
});

test('BR-41 an entitlement of another account is refused, from the link and from the engagement', () => {
  const w = world();
  const refused = w.refused(({ create }) => create('engagementEntitlement', 'l1', { engagement: 'e1', entitlement: 'n2' }));
  expect(refused.message).toContain('belong to different accounts, so they cannot be linked');
  w.run(({ create }) => create('engagementEntitlement', 'l1', { engagement: 'e1', entitlement: 'n1' }));
  expect(w.refused(({ update }) => update('entitlement', 'n1', { account: 'a3' })).details).toMatchObject({
    rule: 'BR-41',
    field: 'account',
  });
});

test('REC-27 REC-28 REC-29 a team names people with what they are responsible for', () => {
  const w = world();
  w.run(({ create }) => {
    create('customerTeamMember', 'm1', { about: 'account/a1', contact: 'k1', responsibility: 'r2', primary: true });
    create('accountTeamMember', 'm2', { about: 'engagement/e1', user: 'u2' });
    create('squadMember', 'm3', { about: 'engagement/e1', user: 'u2', responsibility: 'r1' });
  });
  expect(w.row('customerTeamMember', 'm1')).toMatchObject({ contact: 'k1', responsibility: 'r2', primary: true });
  expect(w.view.by('squadMember', 'about', 'engagement/e1')).toHaveLength(1);
});

describe('definition records', () => {
  const values = { title: 'Next QBR', category: 'assessment', description: 'Prepares the review.' };

  test('BR-18 no two share title and category, whatever their case', () => {
    const w = world();
    w.run(({ create }) => create('definitionRecord', 'd1', values));
    const refused = w.refused(({ create }) => create('definitionRecord', 'd2', { ...values, title: 'next  QBR' }));
    expect(refused.details).toMatchObject({ rule: 'BR-18', field: 'title' });
    expect(refused.message).toBe(
      'There is a definition record “Next QBR” (DFN0000001) in this category already. Change that one, or use another title.',
    );
    w.run(({ create }) => create('definitionRecord', 'd2', { ...values, category: 'renewal' }));
    expect(w.refused(({ update }) => update('definitionRecord', 'd2', { category: 'assessment' })).details).toMatchObject({
      rule: 'BR-18',
    });
  });

  test.each([
    ['draft', false],
    ['published', true],
    ['closed', false],
    ['cancelled', false],
  ])('BR-19 a definition record that is %s is active: %s', (state, active) => {
    const w = world();
    w.run(({ create }) => create('definitionRecord', 'd1', { ...values, state: 'published' }));
    w.run(({ update }) => update('definitionRecord', 'd1', { state }));
    expect(w.row('definitionRecord', 'd1').active).toBe(active);
    w.run(({ create }) => create('definitionRecord', 'd2', { ...values, category: 'risk', state, active: !active }));
    expect(w.row('definitionRecord', 'd2').active).toBe(active);
  });
});
