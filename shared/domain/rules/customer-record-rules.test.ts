import { describe, expect, test } from 'vitest';
import { close, reopen, cancel } from '../../../test/support/plan-world.ts';
import { portfolioWorld, type RuleWorld } from '../../../test/support/rule-harness.ts';

function world(): RuleWorld {
  const w = portfolioWorld();
  w.run(({ create }) => {
    create('location', 'l1', { name: 'Vienna', account: 'a1', city: 'Wien' });
    create('location', 'l2', { name: 'Graz', account: 'a1' });
    create('installBaseItem', 'i1', { name: 'Gateway 7', account: 'a1', product: 'p1' });
    create('soldProduct', 's3', { account: 'a3', product: 'p1' });
    create('capability', 'q1', { name: 'Search', product: 'p1' });
    create('product', 'p2', { name: 'Other' });
    create('capability', 'q2', { name: 'Export', product: 'p2' });
  });
  return w;
}

describe('REC-41 escalations', () => {
  const values = { shortDescription: 'Outage', account: 'a1', description: 'Three days down.' };

  test('REC-41 an account is escalated while one of its escalations is open', () => {
    const w = world();
    w.run(({ create }) => {
      create('escalation', 'x1', values);
      create('escalation', 'x2', { ...values, raisedOn: '2025-06-01' });
    });
    expect(w.row('account', 'a1').escalated).toBe(true);
    expect([w.row('escalation', 'x1').raisedOn, w.row('escalation', 'x2').raisedOn]).toEqual(['2025-06-15', '2025-06-01']);
    w.run(close(w, 'escalation', 'x1', 'resolved'));
    expect(w.row('account', 'a1').escalated).toBe(true);
    w.run(cancel(w, 'escalation', 'x2'));
    expect(w.row('account', 'a1').escalated).toBe(false);
    w.run(reopen(w, 'escalation', 'x1'));
    expect(w.row('account', 'a1').escalated).toBe(true);
    w.run(({ remove }) => remove('escalation', 'x1'));
    expect(w.row('account', 'a1').escalated).toBe(false);
  });

  test('REC-41 what was set by hand or by a file stands while there are none', () => {
    const w = world();
    w.run(({ update }) => update('account', 'a3', { escalated: true }));
    w.run(({ update }) => update('account', 'a3', { name: 'Zeta Ltd' }));
    expect(w.row('account', 'a3').escalated).toBe(true);
  });

  test('REC-41 an escalation moves along with its account, and its engagement is of that account', () => {
    const w = world();
    w.run(({ create }) => create('escalation', 'x1', values));
    w.run(({ update }) => update('escalation', 'x1', { account: 'a3' }));
    expect([w.row('account', 'a1').escalated, w.row('account', 'a3').escalated]).toEqual([false, true]);
    expect(w.refused(({ update }) => update('escalation', 'x1', { engagement: 'e1' })).message).toContain('belongs to another account');
  });
});

describe('REC-06 contracts', () => {
  test('REC-06 the day of the decision about a renewal fills itself in, and goes when it is taken back', () => {
    const w = world();
    w.run(({ update }) => update('contract', 'c1', { renewalReview: 'underReview' }));
    expect(w.row('contract', 'c1')).not.toHaveProperty('renewalFinalisedOn');
    w.run(({ update }) => update('contract', 'c1', { renewalReview: 'approved' }));
    expect(w.row('contract', 'c1').renewalFinalisedOn).toBe('2025-06-15');
    w.run(({ update }) => update('contract', 'c1', { renewalReview: 'awaitingReview' }));
    expect(w.row('contract', 'c1')).not.toHaveProperty('renewalFinalisedOn');
    w.run(({ update }) => update('contract', 'c2', { renewalReview: 'rejected', renewalFinalisedOn: '2025-05-01' }));
    expect(w.row('contract', 'c2').renewalFinalisedOn).toBe('2025-05-01');
  });

  test('REC-06 a contract is on extension once that is approved', () => {
    const w = world();
    w.run(({ update }) => update('contract', 'c1', { extensionApproval: 'requested' }));
    expect(w.row('contract', 'c1').extension).toBe(false);
    w.run(({ update }) => update('contract', 'c1', { extensionApproval: 'approved', extendedUntil: '2026-03-31' }));
    expect(w.row('contract', 'c1').extension).toBe(true);
    w.run(({ update }) => update('contract', 'c1', { extensionApproval: 'rejected' }));
    expect(w.row('contract', 'c1').extension).toBe(false);
    // by itself it is not set against the decision
    w.run(({ update }) => update('contract', 'c1', { extension: true }));
    expect(w.row('contract', 'c1').extension).toBe(false);
    // a file that says so without an approval is believed
    w.run(({ create }) => create('contract', 'c9', { name: 'Old', account: 'a1', extension: true }));
    expect(w.row('contract', 'c9').extension).toBe(true);
  });
});

describe('REC-46 addresses and install base', () => {
  const address = { account: 'a1', location: 'l1', kind: 'billing' };

  test('REC-46 an account has a location as an address of a kind once, and one primary address of a kind', () => {
    const w = world();
    w.run(({ create }) => create('accountAddress', 'd1', { ...address, primary: true }));
    expect(w.refused(({ create }) => create('accountAddress', 'd2', address)).message).toContain('is an address of this account already');
    const primary = w.refused(({ create }) => create('accountAddress', 'd2', { ...address, location: 'l2', primary: true }));
    expect(primary.details).toMatchObject({ rule: 'REC-46', field: 'primary' });
    expect(primary.message).toContain('“Billing · Vienna” (ADR0000001) is the primary address of this kind already');
    w.run(({ create }) => create('accountAddress', 'd2', { ...address, location: 'l2' }));
    w.run(({ create }) => create('accountAddress', 'd3', { ...address, kind: 'office', primary: true }));
  });

  test('REC-46 an install-base item is linked once to a sold product of its account, and to the places where it stood', () => {
    const w = world();
    const linked = w.refused(({ create }) => create('installBaseSoldProduct', 'k1', { item: 'i1', soldProduct: 's3' }));
    expect(linked.message).toContain('belong to different accounts, so they cannot be linked');
    w.run(({ create }) => create('installBaseSoldProduct', 'k1', { item: 'i1', soldProduct: 's1' }));
    expect(w.refused(({ create }) => create('installBaseSoldProduct', 'k2', { item: 'i1', soldProduct: 's1' })).message).toContain(
      'is linked to this item already',
    );
    w.run(({ create }) =>
      create('installBaseLocation', 'p1', { item: 'i1', location: 'l1', validFrom: '2024-01-01', validTo: '2024-12-31' }),
    );
    expect(
      w.refused(({ create }) => create('installBaseLocation', 'p2', { item: 'i1', location: 'l1', validFrom: '2024-01-01' })).message,
    ).toContain('is known of this item already');
    expect(w.refused(({ update }) => update('installBaseLocation', 'p1', { validTo: '2023-12-31' })).message).toContain('is before Since');
    w.run(({ create }) => create('installBaseLocation', 'p2', { item: 'i1', location: 'l1', validFrom: '2025-01-01' }));
  });
});

describe('REC-40 usage', () => {
  test('REC-40 the usage of a sold product has its account and product, and follows them', () => {
    const w = world();
    w.run(({ create }) => create('productUsage', 'u8', { soldProduct: 's1', activeUsers: 12 }));
    expect(w.row('productUsage', 'u8')).toMatchObject({ account: 'a1', product: 'p1' });
    w.run(({ update }) => update('soldProduct', 's1', { product: 'p2' }));
    expect(w.row('productUsage', 'u8').product).toBe('p2');
    expect(() => w.run(({ create }) => create('productUsage', 'u9', { soldProduct: 's1' }))).toThrow(
      'There is already a record of type product usage',
    );
  });

  test('REC-40 a capability whose use is measured belongs to the product', () => {
    const w = world();
    w.run(({ create }) => create('productUsage', 'u8', { soldProduct: 's1' }));
    w.run(({ create }) => create('capabilityUsage', 'v1', { productUsage: 'u8', capability: 'q1', usage: 30 }));
    expect(w.refused(({ create }) => create('capabilityUsage', 'v2', { productUsage: 'u8', capability: 'q2' })).message).toContain(
      'Capability “Export” (CAP0000002) belongs to another product',
    );
  });

  test('REC-40 a roadmap is about a sold product of the engagement’s account, and does not end before it starts', () => {
    const w = world();
    const values = { title: 'More search', engagement: 'e1', soldProduct: 's1', plannedStart: '2025-07-01', dueDate: '2025-09-30' };
    w.run(({ create }) => create('adoptionRoadmap', 'm1', values));
    expect(w.row('adoptionRoadmap', 'm1').account).toBe('a1');
    expect(w.refused(({ create }) => create('adoptionRoadmap', 'm2', { ...values, soldProduct: 's3' })).details).toMatchObject({
      rule: 'REC-40',
    });
    expect(w.refused(({ update }) => update('adoptionRoadmap', 'm1', { dueDate: '2025-06-30' })).message).toContain(
      'is before Planned start',
    );
  });
});

describe('REC-42 REC-45 what customers do and say', () => {
  const outreach = { subject: 'Invitation', engagement: 'e1', contact: 'k1', sentOn: '2025-06-01' };

  test('REC-42 an outreach with a day of its answer is answered, and the other way round', () => {
    const w = world();
    w.run(({ create }) => create('outreach', 'o1', outreach));
    expect(w.row('outreach', 'o1')).toMatchObject({ result: 'waiting', account: 'a1' });
    w.run(({ update }) => update('outreach', 'o1', { respondedOn: '2025-06-03' }));
    expect(w.row('outreach', 'o1').result).toBe('answered');
    w.run(({ update }) => update('outreach', 'o1', { result: 'waiting' }));
    expect(w.row('outreach', 'o1')).not.toHaveProperty('respondedOn');
    w.run(({ update }) => update('outreach', 'o1', { result: 'answered' }));
    expect(w.row('outreach', 'o1').respondedOn).toBe('2025-06-15');
    w.run(({ update }) => update('outreach', 'o1', { respondedOn: null }));
    expect(w.row('outreach', 'o1').result).toBe('waiting');
    expect(w.refused(({ update }) => update('outreach', 'o1', { respondedOn: '2025-05-30' })).message).toContain('is before Sent on');
  });

  test('REC-42 an activity is of one account', () => {
    const w = world();
    const values = { kind: 'training', account: 'a1', happenedOn: '2025-06-01' };
    w.run(({ create }) => create('activity', 'y1', { ...values, engagement: 'e1', contact: 'k1', count: 3 }));
    expect(w.refused(({ create }) => create('activity', 'y2', { ...values, account: 'a3', contact: 'k1' })).details).toMatchObject({
      rule: 'REC-42',
    });
  });

  test.each([
    ['csat', 1, 5, 0],
    ['csat', 1, 5, 6],
    ['ces', 1, 7, 8],
  ])('REC-45 a score of %s is from %i to %i, not %i', (kind, least, most, wrong) => {
    const w = world();
    const values = { kind, account: 'a1', respondedOn: '2025-06-01' };
    w.run(({ create }) => {
      create('surveyResponse', 'y1', { ...values, score: least });
      create('surveyResponse', 'y2', { ...values, score: most });
    });
    const refused = w.refused(({ create }) => create('surveyResponse', 'y3', { ...values, score: wrong }));
    expect(refused.details).toMatchObject({ rule: 'REC-45', field: 'score' });
    expect(refused.message).toContain(`is from ${least} to ${most}, not ${wrong}`);
  });
});

test('REC-45 an NPS answer is from 0 to 10', () => {
  const values = { kind: 'nps', account: 'a1', respondedOn: '2025-06-01' };
  const w = world();
  for (const score of [0, 10]) w.run(({ create }) => create('surveyResponse', `y${score}`, { ...values, score }));
  for (const score of [-1, 11])
    expect(() => w.run(({ create }) => create('surveyResponse', 'y3', { ...values, score }))).toThrow('Survey score must be');
});

describe('REC-38 REC-39 templates', () => {
  test('REC-38 a record template fills in fields that people may write, of a type that exists', () => {
    const w = world();
    const template = { name: 'Weekly call', intoTable: 'touchpoint', values: { subject: 'Weekly call', channel: 'phone' } };
    w.run(({ create }) => create('recordTemplate', 'm1', template));
    const refused = (values: Readonly<Record<string, unknown>>) =>
      w.refused(({ create }) => create('recordTemplate', 'm2', { ...template, ...values })).message;
    expect(refused({ intoTable: 'nothing' })).toContain('there is no record type “nothing”');
    expect(refused({ values: { subject: 'x', account: 'a1' } })).toContain('cannot fill in “account” of a record of type touchpoint');
    expect(refused({ values: { wrong: 1 } })).toContain('cannot fill in “wrong”');
    expect(refused({ values: {} })).toContain('fills in nothing yet');
  });

  test('REC-39 a response template is for a type that exists, or for all', () => {
    const w = world();
    w.run(({ create }) => {
      create('responseTemplate', 'm1', { name: 'Thanks', body: 'Thank you, {contact}.' });
      create('responseTemplate', 'm2', { name: 'Sorry', body: 'We look into it.', forTable: 'supportTicket' });
    });
    expect(w.refused(({ update }) => update('responseTemplate', 'm1', { forTable: 'tickets' })).message).toContain(
      'there is no record type “tickets”',
    );
  });
});
