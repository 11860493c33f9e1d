import { expect, test } from 'vitest';
import { portfolioWorld, ruleWorld } from '../../../test/support/rule-harness.ts';

test('REC-32 only roles that exist are given, and a customer has no other one', () => {
  const { run, refused } = ruleWorld();
  run(({ create }) => create('user', 'u1', { name: 'Kim', roles: ['administrator', 'templateOwner'] }));
  expect(refused(({ create }) => create('user', 'u2', { name: 'Lee', roles: ['king'] }))).toMatchObject({
    code: 'rule',
    message: expect.stringContaining('There is no role “king”. Roles are: viewer, successAgent'),
    details: { rule: 'REC-32', field: 'roles' },
  });
  expect(refused(({ create }) => create('user', 'u2', { name: 'Lee', roles: ['viewer', 'customer'] }))).toMatchObject({
    message: expect.stringContaining('is either a customer or works here'),
  });
  run(({ create }) => create('user', 'u2', { name: 'Lee', roles: ['customer'] }));
});

test('REC-32 somebody always administrates once anybody has a role', () => {
  const { run, refused } = ruleWorld();
  run(({ create }) => {
    create('user', 'u1', { name: 'Kim' });
    create('user', 'u2', { name: 'Lee' });
  });
  expect(refused(({ update }) => update('user', 'u2', { roles: ['viewer'] }))).toMatchObject({
    details: { rule: 'REC-32', field: 'roles' },
  });
  // in one command it may be anyone
  run(({ update }) => {
    update('user', 'u2', { roles: ['viewer'] });
    update('user', 'u1', { roles: ['administrator'] });
  });
  expect(refused(({ update }) => update('user', 'u1', { roles: ['viewer'] }))).toMatchObject({ code: 'rule' });
  expect(refused(({ update }) => update('user', 'u1', { active: false }))).toMatchObject({ details: { field: 'active' } });
  expect(refused(({ remove }) => remove('user', 'u1'))).toMatchObject({ code: 'rule' });
  run(({ update }) => update('user', 'u2', { roles: ['administrator'] }));
  run(({ update }) => update('user', 'u1', { active: false }));
  // with the last role everything is open again
  run(({ update }) => update('user', 'u2', { roles: null }));
});

test('REC-31 nobody is above their own manager', () => {
  const { refused } = portfolioWorld();
  expect(refused(({ update }) => update('user', 'u1', { manager: 'u2' }))).toMatchObject({
    details: { rule: 'BR-07', field: 'manager' },
    message: expect.stringContaining('Kim › Lee › Kim'),
  });
});

test('BR-42 a record refers to nothing of another domain', () => {
  const { run, refused } = portfolioWorld();
  run(({ create, update }) => {
    create('domain', 'd1', { name: 'North' });
    create('domain', 'd2', { name: 'South' });
    update('account', 'a1', { domain: 'd1' });
    update('account', 'a2', { domain: 'd1' });
    update('account', 'a3', { domain: 'd2' });
    update('user', 'u1', { domain: 'd1' });
  });
  expect(refused(({ update }) => update('account', 'a3', { parent: 'a1' }))).toMatchObject({
    message: expect.stringContaining('cannot have this parent account: it belongs to another domain'),
    details: { rule: 'BR-42', field: 'parent' },
  });
  // u1 works for the north, u2 for everyone
  expect(refused(({ create }) => create('engagement', 'e3', { title: 'Zeta care', account: 'a3', csm: 'u1' }))).toMatchObject({
    details: { rule: 'BR-42', field: 'csm' },
  });
  run(({ create }) => create('engagement', 'e3', { title: 'Zeta care', account: 'a3', csm: 'u2' }));
  run(({ update }) => update('engagement', 'e1', { csm: 'u1' }));
  expect(refused(({ update }) => update('account', 'a2', { domain: 'd2' }))).toMatchObject({ details: { rule: 'BR-42', field: 'parent' } });
});
