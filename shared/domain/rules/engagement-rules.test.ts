import { expect, test } from 'vitest';
import { portfolioWorld } from '../../../test/support/rule-harness.ts';

test('BR-04 an account change is refused while risk signals hang on the engagement, and allowed when none does', () => {
  const w = portfolioWorld();
  w.run(({ update }) => update('engagement', 'e1', { account: 'a2' }));
  expect(w.row('engagement', 'e1').account).toBe('a2');
  w.run(({ create }) => create('riskSignal', 'r1', { shortDescription: 'NPS fell', engagement: 'e1' }));
  const error = w.refused(({ update }) => update('engagement', 'e1', { account: 'a1' }));
  expect(error.details).toMatchObject({
    rule: 'BR-04',
    recordId: 'e1',
    field: 'account',
    blocking: [{ table: 'riskSignal', id: 'r1', label: 'NPS fell' }],
  });
  expect(error.message).toContain('The account of engagement “Care” (ENG0000001) cannot change while 1 risk signal hangs');
});

test('BR-05 an engagement names its onboarding case only where the setting says so', () => {
  portfolioWorld().run(({ create }) => create('engagement', 'e2', { title: 'Free', account: 'a1' }));
  const w = portfolioWorld({ onboardingMandatory: true });
  const error = w.refused(({ create }) => create('engagement', 'e2', { title: 'New', account: 'a1' }));
  expect(error.details).toMatchObject({ rule: 'BR-05', field: 'onboardingCase' });
  w.run(({ create }) => create('onboardingCase', 'o1', { shortDescription: 'Bring Acme live', account: 'a1' }));
  w.run(({ create }) => create('engagement', 'e2', { title: 'New', account: 'a1', onboardingCase: 'o1' }));
  expect(w.refused(({ update }) => update('engagement', 'e2', { onboardingCase: null })).details.rule).toBe('BR-05');
});

test('BR-05 an engagement from before the setting stays editable', () => {
  const w = portfolioWorld({ onboardingMandatory: true });
  const row = { id: 'e9', title: 'Old', account: 'a1', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', rev: 1 };
  w.view.put('engagement', row);
  w.run(({ update }) => update('engagement', 'e9', { description: 'still works' }));
});

test('BR-06 a parent engagement belongs to the same account or to the parent account', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('engagement', 'e2', { title: 'Same', account: 'a1', parent: 'e1' }));
  w.run(({ create }) => create('engagement', 'e3', { title: 'Labs', account: 'a2', parent: 'e1' }));
  const error = w.refused(({ create }) => create('engagement', 'e4', { title: 'Strange', account: 'a3', parent: 'e1' }));
  expect(error.details).toMatchObject({ rule: 'BR-06', field: 'parent', blocking: [{ id: 'e1' }] });
  expect(error.message).toContain('Engagement “Strange” (ENG0000004) cannot stand below engagement “Care” (ENG0000001)');
});

test('BR-06 holds when the parent engagement or the account above moves, too', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('engagement', 'e3', { title: 'Labs', account: 'a2', parent: 'e1' }));
  expect(w.refused(({ update }) => update('engagement', 'e1', { account: 'a3' })).details.rule).toBe('BR-06');
  expect(w.refused(({ update }) => update('account', 'a2', { parent: 'a3' })).details.rule).toBe('BR-06');
  w.run(({ update }) => {
    update('engagement', 'e3', { parent: null });
    update('account', 'a2', { parent: 'a3' });
  });
});

test('BR-07 a hierarchy cycle is refused and named', () => {
  const w = portfolioWorld();
  w.run(({ create }) => {
    create('engagement', 'e2', { title: 'Below', account: 'a1', parent: 'e1' });
    create('engagement', 'e3', { title: 'Lowest', account: 'a1', parent: 'e2' });
  });
  const error = w.refused(({ update }) => update('engagement', 'e1', { parent: 'e3' }));
  expect(error.details).toMatchObject({ rule: 'BR-07', field: 'parent', blocking: [{ id: 'e3' }, { id: 'e2' }] });
  expect(error.message).toContain('Care › Lowest › Below › Care');
  expect(w.refused(({ update }) => update('engagement', 'e1', { parent: 'e1' })).message).toContain('Care › Care');
  w.run(({ update }) => update('engagement', 'e3', { parent: 'e1' }));
});

test('BR-07 accounts and managers run in no circle either', () => {
  const w = portfolioWorld();
  expect(w.refused(({ update }) => update('account', 'a1', { parent: 'a2' })).message).toContain('Acme › Acme Labs › Acme');
  expect(w.refused(({ update }) => update('user', 'u1', { manager: 'u2' })).message).toContain('Choose another manager for user “Kim”');
  w.run(({ update }) => update('account', 'a1', { parent: 'a3' }));
  // both at once, in one command
  const both = w.refused(({ create }) => {
    create('account', 'a8', { name: 'One' });
    create('account', 'a9', { name: 'Two', parent: 'a8' });
    w.view.put('account', { ...w.row('account', 'a8'), parent: 'a9' });
  });
  expect(both.details.rule).toBe('BR-07');
});

test('REC-10 an engagement is not deleted from above others', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('engagement', 'e2', { title: 'Below', account: 'a1', parent: 'e1' }));
  const error = w.refused(({ remove, update }) => {
    update('engagement', 'e2', { parent: null }); // what the store does with optional references
    remove('engagement', 'e1');
  });
  expect(error.details).toMatchObject({ rule: 'REC-10', recordId: 'e1', blocking: [{ id: 'e2' }] });
  w.run(({ remove }) => {
    remove('engagement', 'e2');
    remove('engagement', 'e1');
  });
});

test('REC-10 the key contact belongs to the engagement’s account or its group', () => {
  const w = portfolioWorld();
  w.run(({ update }) => update('engagement', 'e1', { keyContact: 'k1' }));
  w.run(({ create }) => create('engagement', 'e2', { title: 'Labs', account: 'a2', keyContact: 'k1' }));
  const error = w.refused(({ create }) => create('engagement', 'e3', { title: 'Zeta', account: 'a3', keyContact: 'k1' }));
  expect(error.details).toMatchObject({ rule: 'REC-10', field: 'keyContact' });
  expect(error.message).toContain('Key customer contact is contact “Ann” (CON0000001), which belongs to another account');
});
