import { expect, test } from 'vitest';
import { portfolioWorld } from '../../../test/support/rule-harness.ts';
import { closing, cancelling, reopening } from './life-cycle.ts';

const held = (heldOn: string | undefined, engagement = 'e1') => ({
  subject: 'Call',
  engagement,
  ...(heldOn === undefined ? {} : { heldOn }),
});

test('BR-40 saving a touchpoint moves the engagement’s last touchpoint, planned ones do not', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('touchpoint', 't1', held('2025-06-01')));
  expect(w.row('engagement', 'e1').lastTouchpoint).toBe('2025-06-01');
  w.run(({ create }) => create('touchpoint', 't2', held('2025-06-15')));
  expect(w.row('engagement', 'e1').lastTouchpoint).toBe('2025-06-15');
  w.run(({ create }) => create('touchpoint', 't3', held('2025-06-16')));
  w.run(({ create }) => create('touchpoint', 't4', held(undefined)));
  expect(w.row('engagement', 'e1').lastTouchpoint).toBe('2025-06-15');
});

test('BR-40 deleting, cancelling or moving the newest touchpoint falls back to the one before', () => {
  const w = portfolioWorld();
  w.run(({ create }) => {
    create('engagement', 'e2', { title: 'Other', account: 'a1' });
    create('touchpoint', 't1', held('2025-03-01'));
    create('touchpoint', 't2', held('2025-04-01'));
    create('touchpoint', 't3', held('2025-05-01'));
    create('touchpoint', 't4', held('2025-06-01'));
  });
  w.run(({ remove }) => remove('touchpoint', 't4'));
  expect(w.row('engagement', 'e1').lastTouchpoint).toBe('2025-05-01');
  const ending = { at: '2025-06-15T10:00:00.000Z', by: 'u1', view: w.view };
  w.run(({ update }) => update('touchpoint', 't3', cancelling('touchpoint', w.row('touchpoint', 't3'), 'Not held', ending), 'cancel'));
  expect(w.row('engagement', 'e1').lastTouchpoint).toBe('2025-04-01');
  w.run(({ update }) => update('touchpoint', 't2', { engagement: 'e2' }));
  expect(w.row('engagement', 'e1').lastTouchpoint).toBe('2025-03-01');
  expect(w.row('engagement', 'e2').lastTouchpoint).toBe('2025-04-01');
  w.run(({ remove }) => remove('touchpoint', 't1'));
  expect(w.row('engagement', 'e1')).not.toHaveProperty('lastTouchpoint');
});

test('BR-40 an engagement deleted together with its touchpoints is left alone', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('touchpoint', 't1', held('2025-03-01')));
  const touched = w.run(({ remove }) => {
    remove('touchpoint', 't1');
    remove('engagement', 'e1');
  });
  expect(touched).toEqual([]);
});

test('REC-16 the account of a touchpoint is its engagement’s and follows it', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('touchpoint', 't1', held('2025-03-01')));
  expect(w.row('touchpoint', 't1').account).toBe('a1');
  w.run(({ update }) => update('engagement', 'e1', { account: 'a2' }));
  expect(w.row('touchpoint', 't1').account).toBe('a2');
});

test('REC-16 the contact of a touchpoint belongs to its account', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('touchpoint', 't1', { ...held('2025-03-01'), contact: 'k1' }));
  w.run(({ create }) => create('contact', 'k3', { name: 'Zoe', account: 'a3' }));
  expect(w.refused(({ update }) => update('touchpoint', 't1', { contact: 'k3' })).details).toMatchObject({
    rule: 'REC-16',
    field: 'contact',
  });
});

test('BR-10 a touchpoint’s engagement cannot change once risk signals hang on it', () => {
  const w = portfolioWorld();
  w.run(({ create }) => {
    create('engagement', 'e2', { title: 'Other', account: 'a1' });
    create('touchpoint', 't1', held('2025-03-01'));
  });
  w.run(({ update }) => update('touchpoint', 't1', { engagement: 'e2' }));
  w.run(({ create }) =>
    create('riskSignal', 'r1', { shortDescription: 'Tone', engagement: 'e2', sourceTable: 'touchpoint', sourceRecord: 't1' }),
  );
  const error = w.refused(({ update }) => update('touchpoint', 't1', { engagement: 'e1' }));
  expect(error.details).toMatchObject({ rule: 'BR-10', blocking: [{ table: 'riskSignal', id: 'r1' }] });
  w.run(({ update }) => update('touchpoint', 't1', { subject: 'Call about tone' }));
});

test('BR-17 closing completes a touchpoint’s progress, cancelling cancels it, reopening goes on', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('touchpoint', 't1', held('2025-03-01')));
  const ending = { at: '2025-06-15T10:00:00.000Z', by: 'u1', view: w.view };
  const row = () => w.row('touchpoint', 't1');
  w.run(({ update }) => update('touchpoint', 't1', closing('touchpoint', row(), 'addressed', 'Done', ending), 'close'));
  expect(row()).toMatchObject({ state: 'closed', progress: 'completed', active: false });
  w.run(({ update }) => update('touchpoint', 't1', reopening('touchpoint', row(), w.view), 'reopen'));
  expect(row()).toMatchObject({ state: 'inProgress', progress: 'onTrack', active: true });
  w.run(({ update }) => update('touchpoint', 't1', cancelling('touchpoint', row(), 'No', ending), 'cancel'));
  expect(row()).toMatchObject({ state: 'cancelled', progress: 'cancelled', closureCode: 'cancelled' });
});

test('REC-21 the account of a risk signal is its engagement’s', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('riskSignal', 'r1', { shortDescription: 'NPS fell', engagement: 'e1', account: 'a3' }));
  expect(w.row('riskSignal', 'r1').account).toBe('a1');
});

test('REC-22 an occurrence does not end before it starts', () => {
  const w = portfolioWorld();
  w.run(({ create }) => {
    create('riskSignal', 'r1', { shortDescription: 'NPS fell', engagement: 'e1' });
    create('riskOccurrence', 'o1', { signal: 'r1', startDate: '2025-01-01', endDate: '2025-01-01' });
  });
  expect(w.refused(({ update }) => update('riskOccurrence', 'o1', { endDate: '2024-12-31' })).details.rule).toBe('REC-22');
});

test('REC-09 an opportunity takes its account from its engagement and cannot belong to another one', () => {
  const w = portfolioWorld();
  w.run(({ create }) => create('opportunity', 'q1', { name: 'Upsell', engagement: 'e1' }));
  expect(w.row('opportunity', 'q1').account).toBe('a1');
  expect(w.refused(({ update }) => update('opportunity', 'q1', { account: 'a3' })).details.rule).toBe('REC-09');
});
