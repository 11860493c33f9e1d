import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';

const TODAY = '2025-06-11';

async function world() {
  const engine = await engineAsOf(TODAY);
  const { account, engagement } = await addCustomer(engine, 'Acme', { renewalDate: '2025-08-01' });
  const ids = await change(engine, (draft) => {
    const ann = draft.create('contact', { name: 'Ann Lee', account, title: 'CIO', stakeholderRole: 'executiveSponsor' });
    const bob = draft.create('contact', { name: 'Bob Ray', account });
    const touchpoint = draft.create('touchpoint', {
      subject: 'Kick-off',
      engagement,
      heldOn: '2025-06-01',
      contact: ann,
      description: 'They liked it.\nMore.',
    });
    const late = draft.create('successTask', {
      subject: 'Send terms',
      description: 'x',
      parent: `touchpoint/${touchpoint}`,
      dueDate: '2025-06-05',
    });
    const risk = draft.create('riskSignal', { shortDescription: 'Usage fell', engagement, priority: 'critical', probability: 'high' });
    const objective = draft.create('successObjective', {
      title: 'Faster answers',
      engagement,
      description: 'x',
      plannedStop: '2025-12-31',
    });
    draft.create('successOutcome', { title: 'Minutes', objective, description: 'x', baseValue: 60, targetValue: 10, currentValue: 50 });
    draft.create('contract', {
      name: 'Licence',
      account,
      startDate: '2025-01-01',
      endDate: '2025-08-01',
      value: { amount: 1_000_00, currency: 'USD' },
    });
    const meeting = draft.create('meeting', {
      subject: 'Review',
      touchpoint,
      startsAt: '2025-06-12T09:00:00.000Z',
      endsAt: '2025-06-12T10:00:00.000Z',
      contacts: [bob],
      agenda: 'Numbers',
    });
    return { ann, bob, touchpoint, late, risk, objective, meeting };
  });
  return { engine, account, engagement, ...ids };
}

test('T2 TCH-08 the brief says who comes, what was promised, what threatens and what is to be won, each by its record', async () => {
  const { engine, engagement, ann, bob, touchpoint, late, risk, objective, meeting } = await world();
  const brief = await call(engine, 'brief.read', { meeting });
  expect(brief).toMatchObject({
    asOf: TODAY,
    engagement: { id: engagement },
    account: { label: 'Acme' },
    meeting: { about: { id: meeting }, agenda: 'Numbers' },
    people: [{ about: { id: bob } }],
    contacts: [{ about: { id: touchpoint }, on: '2025-06-01', says: 'They liked it.' }],
    promises: [{ about: { id: late }, on: '2025-06-05', overdue: true }],
    risks: [{ about: { id: risk }, says: 'Critical' }],
    objectives: [{ about: { id: objective }, says: '20 % of its value realised' }],
    renewal: [{ on: '2025-08-01', value: [{ amount: 1_000_00, currency: 'USD' }] }],
  });
  expect(brief.questions.map(({ about }) => about.id)).toEqual([late, risk, engagement]);
  // without a meeting, those who matter: the sponsor first, with the day she was last spoken to
  expect((await call(engine, 'brief.read', { engagement })).people).toMatchObject([
    { about: { id: ann }, says: 'CIO, Executive sponsor', on: '2025-06-01' },
    { about: { id: bob } },
  ]);
});

test('TCH-08 an engagement of which nothing is known still gets three questions', async () => {
  const engine = await engineAsOf(TODAY);
  const { engagement } = await addCustomer(engine, 'New');
  const brief = await call(engine, 'brief.read', { engagement });
  expect(brief).toMatchObject({ people: [], promises: [], risks: [], objectives: [], renewal: [] });
  expect(brief.questions).toHaveLength(3);
  await expect(call(engine, 'brief.read', {})).rejects.toMatchObject({ code: 'validation' });
  await expect(call(engine, 'brief.read', { meeting: await add(engine, 'user', { name: 'x' }) })).rejects.toMatchObject({
    code: 'not-found',
  });
});
