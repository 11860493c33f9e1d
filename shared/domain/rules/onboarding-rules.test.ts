import { expect, test } from 'vitest';
import { planWorld } from '../../../test/support/plan-world.ts';

test('BR-05 the engagement’s account equals that of its onboarding case, from both ends', () => {
  const w = planWorld();
  w.run(({ create }) => create('onboardingCase', 'oc3', { shortDescription: 'Zeta', account: 'a3' }));
  const error = w.refused(({ update }) => update('engagement', 'e1', { onboardingCase: 'oc3' }));
  expect(error.details).toMatchObject({ rule: 'BR-05', field: 'onboardingCase', blocking: [{ id: 'oc3' }] });
  expect(error.message).toContain('cannot come from onboarding case “Zeta” (ONB0000003), which belongs to another account');
  w.run(({ update }) => update('engagement', 'e1', { onboardingCase: 'oc1' }));
  const moved = w.refused(({ update }) => update('onboardingCase', 'oc1', { account: 'a3' }));
  expect(moved.details).toMatchObject({ rule: 'BR-05', table: 'onboardingCase', field: 'account', blocking: [{ id: 'e1' }] });
  w.run(({ update }) => update('onboardingCase', 'oc3', { account: 'a2' }));
});

test('BR-05 the go-live date comes from the onboarding case, and follows it', () => {
  const w = planWorld();
  w.run(({ update }) => update('engagement', 'e1', { goLiveDate: '2024-01-01' }));
  w.run(({ update }) => update('engagement', 'e1', { onboardingCase: 'oc1' }));
  // the case has no date yet
  expect(w.row('engagement', 'e1').goLiveDate).toBe('2024-01-01');
  w.run(({ update }) => update('onboardingCase', 'oc1', { goLiveDate: '2025-09-01' }));
  expect(w.row('engagement', 'e1').goLiveDate).toBe('2025-09-01');
  w.run(({ update }) => update('engagement', 'e1', { goLiveDate: '2026-01-01' }));
  expect(w.row('engagement', 'e1').goLiveDate).toBe('2025-09-01');
  w.run(({ update }) => update('engagement', 'e1', { onboardingCase: null, goLiveDate: '2026-01-01' }));
  expect(w.row('engagement', 'e1').goLiveDate).toBe('2026-01-01');
});

test('BR-01 an onboarding case that is under way says who works on it and for when', () => {
  const w = planWorld();
  const error = w.refused(({ update }) => update('onboardingCase', 'oc1', { state: 'active' }));
  expect(error.message).toBe('Onboarding case “Bring Acme live” needs Assigned to and Go-live date. Fill them in.');
  expect(error.details).toMatchObject({ rule: 'BR-01', field: 'assignedTo' });
  w.run(({ update }) => update('onboardingCase', 'oc1', { state: 'unassigned' }));
  w.run(({ update }) => update('onboardingCase', 'oc1', { state: 'active', assignedTo: 'u1', goLiveDate: '2025-09-01' }));
  expect(w.refused(({ update }) => update('onboardingCase', 'oc1', { assignedTo: null })).details.field).toBe('assignedTo');
});

test('BR-07 an onboarding case is not above itself', () => {
  const w = planWorld();
  w.run(({ create }) => create('onboardingCase', 'oc2', { shortDescription: 'Phase two', account: 'a1', parent: 'oc1', type: 'phased' }));
  expect(w.refused(({ update }) => update('onboardingCase', 'oc1', { parent: 'oc2' })).details.rule).toBe('BR-07');
});
