import { describe, expect, test } from 'vitest';
import { portfolioWorld } from '../../../test/support/rule-harness.ts';

test('BR-22 a contract is linked to an engagement once', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('engagementContract', 'l1', { engagement: 'e1', contract: 'c1' }));
  w.run(({ create }) => create('engagementContract', 'l2', { engagement: 'e1', contract: 'c2' }));
  const error = w.refused(({ create }) => create('engagementContract', 'l3', { engagement: 'e1', contract: 'c1' }));
  expect(error.details).toMatchObject({ rule: 'BR-22', blocking: [{ id: 'l1' }] });
  expect(error.message).toBe('Contract “Gold” (CTR0000001) is linked to this engagement already.');
  expect(w.refused(({ update }) => update('engagementContract', 'l2', { contract: 'c1' })).details.rule).toBe('BR-22');
});

test('BR-23 a linked contract belongs to the engagement’s account, from all three ends', () => {
  const w = portfolioWorld();
  expect(w.refused(({ create }) => create('engagementContract', 'l1', { engagement: 'e1', contract: 'c3' })).details).toMatchObject({
    rule: 'BR-23',
    field: 'contract',
  });
  w.run(({ create }) => create('engagementContract', 'l1', { engagement: 'e1', contract: 'c1' }));
  expect(w.refused(({ update }) => update('contract', 'c1', { account: 'a3' })).details.rule).toBe('BR-23');
  expect(w.refused(({ update }) => update('engagement', 'e1', { account: 'a3' })).details.rule).toBe('BR-23');
  w.run(({ update }) => {
    update('contract', 'c1', { account: 'a3' });
    update('engagement', 'e1', { account: 'a3' });
  });
});

describe('BR-24 the renewal date follows the earliest linked contract that has not expired', () => {
  const linked = () => {
    const w = portfolioWorld();
    w.run(({ create }) => {
      create('engagementContract', 'l1', { engagement: 'e1', contract: 'c1' });
      create('engagementContract', 'l2', { engagement: 'e1', contract: 'c2' });
    });
    return w;
  };

  test('BR-24 linking takes the earliest, the end where no renewal date is set', () => {
    expect(linked().row('engagement', 'e1').renewalDate).toBe('2025-09-30');
  });

  test('BR-24 unlinking works it out again, the last one leaves none', () => {
    const w = linked();
    w.run(({ remove }) => remove('engagementContract', 'l2'));
    expect(w.row('engagement', 'e1').renewalDate).toBe('2025-12-01');
    w.run(({ remove }) => remove('engagementContract', 'l1'));
    expect(w.row('engagement', 'e1')).not.toHaveProperty('renewalDate');
  });

  test('BR-24 a change of a linked contract works it out again', () => {
    const w = linked();
    w.run(({ update }) => update('contract', 'c1', { renewalDate: '2025-08-01' }));
    expect(w.row('engagement', 'e1').renewalDate).toBe('2025-08-01');
    w.run(({ update }) => update('contract', 'c1', { state: 'cancelled' }));
    expect(w.row('engagement', 'e1').renewalDate).toBe('2025-09-30');
    w.run(({ update }) => update('contract', 'c2', { description: 'no date' }));
    expect(w.row('engagement', 'e1').renewalDate).toBe('2025-09-30');
  });

  test('BR-24 expired contracts do not count, by state or by date', () => {
    const w = linked();
    w.run(({ update }) => update('contract', 'c2', { endDate: '2025-06-15' }));
    expect(w.row('engagement', 'e1').renewalDate).toBe('2025-12-01');
    w.run(({ update }) => update('contract', 'c1', { state: 'expired' }));
    expect(w.row('engagement', 'e1')).not.toHaveProperty('renewalDate');
  });

  test('BR-24 a date set by hand stays while no contract is linked', () => {
    const w = portfolioWorld();
    w.run(({ update }) => update('engagement', 'e1', { renewalDate: '2026-01-01' }));
    w.run(({ update }) => update('contract', 'c1', { renewalDate: '2025-07-01' }));
    expect(w.row('engagement', 'e1').renewalDate).toBe('2026-01-01');
  });

  test('BR-24 while contracts are linked a date set by hand gives way to theirs', () => {
    const w = linked();
    w.run(({ update }) => update('engagement', 'e1', { renewalDate: '2030-01-01' }));
    expect(w.row('engagement', 'e1').renewalDate).toBe('2025-09-30');
  });

  test('BR-24 each engagement is worked out once however many contracts change', () => {
    const w = linked();
    const touched = w.run(({ update }) => {
      update('contract', 'c1', { renewalDate: '2025-07-01' });
      update('contract', 'c2', { renewalDate: '2025-07-02' });
    });
    expect(touched).toEqual(['e1']);
  });
});

test('BR-41 a sold product is linked once and belongs to the engagement’s account', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('engagementSoldProduct', 'l1', { engagement: 'e1', soldProduct: 's1' }));
  expect(w.refused(({ create }) => create('engagementSoldProduct', 'l2', { engagement: 'e1', soldProduct: 's1' })).details.rule).toBe(
    'BR-41',
  );
  w.run(({ create }) => create('soldProduct', 's3', { account: 'a3', product: 'p1' }));
  expect(w.refused(({ create }) => create('engagementSoldProduct', 'l2', { engagement: 'e1', soldProduct: 's3' })).details).toMatchObject({
    rule: 'BR-41',
    field: 'soldProduct',
  });
  expect(w.refused(({ update }) => update('soldProduct', 's1', { account: 'a3' })).message).toContain('belong to different accounts');
  expect(w.refused(({ update }) => update('engagement', 'e1', { account: 'a3' })).details.rule).toBe('BR-41');
});

test('REC-06 a contract does not end before it starts', () => {
  const w = portfolioWorld();
  const error = w.refused(({ update }) => update('contract', 'c1', { startDate: '2026-01-01' }));
  expect(error.details).toMatchObject({ rule: 'REC-06', field: 'endDate' });
  expect(error.message).toBe('Contract “Gold” (CTR0000001): End (2025-12-31) is before Start (2026-01-01). Correct one of them.');
  w.run(({ update }) => update('contract', 'c1', { startDate: '2025-12-31' }));
});

test('REC-05 a sold product’s contract belongs to its account or group', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('soldProduct', 's2', { account: 'a2', product: 'p1', contract: 'c1' }));
  expect(w.refused(({ create }) => create('soldProduct', 's3', { account: 'a3', product: 'p1', contract: 'c1' })).details.rule).toBe(
    'REC-05',
  );
});
