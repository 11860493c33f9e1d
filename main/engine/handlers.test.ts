import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNodeEngine, type NodeEngine } from '../cli/node-engine.ts';
import { checkedOperations } from '../../test/support/checked-operations.ts';
import { queryNames, questions } from '../../test/support/questions.ts';

let engine: NodeEngine;
let attachmentId: string;
let engagementId: string;
let riskId: string;
let sessionId: string;
let sheetId: string;
let sourceId: string;

const csv = 'Company,Industry,Annual revenue\nAcme,Retail,1200\nBolt,Energy,x\n';

beforeAll(async () => {
  engine = await openNodeEngine({ operations: checkedOperations });
  const { client, context } = engine;
  await client.command('workspace.set', { key: 'asOf', value: '2026-06-30' });
  await client.command('workspace.addStarterDefinitions', {});
  await client.job('workspace.demo', { seed: 7, engagements: 20 });
  await client.command('risk.analyse', {});
  engagementId = [...context.view.all('engagement')][0]?.id ?? '';
  riskId = [...context.view.all('riskSignal')][0]?.id ?? '';
  sourceId = [...context.view.all('dataSource')][0]?.id ?? '';
  const bytes = new TextEncoder().encode(csv);
  const about = `engagement/${engagementId}`;
  const { uploadId } = await client.command('attachments.begin', {
    about,
    name: 'accounts.csv',
    mediaType: 'text/csv',
    size: bytes.length,
  });
  await client.command('attachments.part', { uploadId, at: 0, bytes });
  attachmentId = (await client.job('attachments.finish', { uploadId })).id;
  const session = await client.job('import.open', { files: [{ name: 'accounts.csv', bytes }] });
  sessionId = session.sessionId;
  sheetId = session.sheets[0]?.sheetId ?? '';
});
afterAll(() => engine.close());

test.each(queryNames)('%s answers as the contract says', async (name) => {
  const about = {
    table: 'engagement',
    id: engagementId,
    text: 'a',
    engagementId,
    riskId,
    sourceId,
    attachmentId,
    sessionId,
    sheetId,
  } as const;
const window = { offset: 0, limit: 50 };

/** One question for every query there is. */
const questions: { readonly [N in QueryName]: () => Input<N> } = {
  'records.get': () => ({ table: 'engagement', id: engagementId }),
  'records.list': () => ({ table: 'engagement', window, sort: [{ field: 'title', direction: 'up' }] }),
  'records.lines': () => ({ table: 'engagement', columns: ['account.industry'], sums: ['openRisks'], group: 'stage', window }),
  'records.ids': () => ({ table: 'engagement', from: 0, to: 9 }),
  'records.groupIds': () => ({ table: 'engagement', group: 'stage', key: 'renew' }),
  'records.cells': () => ({ table: 'engagement', target: {}, columns: ['label', 'stage'] }),
  'records.related': () => ({ table: 'engagement', id: engagementId }),
  'records.consequences': () => ({ table: 'engagement', ids: [engagementId], action: 'cancel' }),
  'records.activity': () => ({ table: 'engagement', id: engagementId, limit: 20 }),
  'records.resolve': () => ({ name: engagementId }),
  'notices.list': () => ({ limit: 10 }),
  'discussions.list': () => ({ table: 'engagement', id: engagementId }),
  'records.undoable': () => ({}),
  'records.lookup': () => ({ table: 'account', text: 'a', limit: 10 }),
  'search.find': () => ({ text: 'a', limit: 10 }),
  'records.find': () => ({ text: 'a', limit: 10 }),
  'choices.changed': () => ({}),
  'choices.list': () => ({ list: 'touchpoint.channel' }),
  'workspace.status': () => ({}),
  'people.me': () => ({}),
  'people.allowed': () => ({ table: 'engagement', id: engagementId }),
  'workspace.settings': () => ({}),
  'health.explain': () => ({ engagementId }),
  'health.history': () => ({ engagementId, weeks: 12 }),
  'health.preview': () => ({ global: true, rank: 1, metrics: [] }),
  'health.matching': () => ({}),
  'risk.overview': () => ({}),
  'risk.list': () => ({ view: 'all', window }),
  'risk.page': () => ({ id: riskId }),
  'risk.preview': () => ({ type: 'metric', source: sourceId, condition: 'below', threshold: 50 }),
  'portfolio.overview': () => ({}),
  'portfolio.list': () => ({ view: 'active', window, sort: [{ field: 'health', direction: 'down' }] }),
  'portfolio.peek': () => ({ id: engagementId }),
  'engagement.overview': () => ({ id: engagementId }),
  'attachments.list': () => ({ about: `engagement/${engagementId}` }),
  'attachments.read': () => ({ id: attachmentId, from: 0, length: 100 }),
  'import.session': () => ({ sessionId }),
  'import.drafts': () => ({}),
  'import.problems': () => ({ sessionId, offset: 0, limit: 50 }),
  'import.preview': () => ({ sessionId, sheetId, offset: 0, limit: 50 }),
  'export.template': () => ({ table: 'account', format: 'xlsx' }),
};

// Object.keys loses the names' type
test.each(Object.keys(questions) as QueryName[])('%s answers as the contract says', async (name) => {
  // name and input belong together, which the compiler cannot follow through a union
  await expect(engine.client.call(name, questions[name](about) as never)).resolves.toBeTypeOf('object');
});
