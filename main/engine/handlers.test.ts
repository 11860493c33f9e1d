import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNodeEngine, type NodeEngine } from '../cli/node-engine.ts';
import { checkedOperations } from '../../test/support/checked-operations.ts';
import { queryNames, questions } from '../../test/support/questions.ts';

let engine: NodeEngine;
let attachmentId: string;
let engagementId: string;
let stepId: string;
let runId: string;
let versionId: string;
let playbookId: string;
let riskId: string;
let meetingId: string;
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
  const { id: touchpoint } = await client.command('calls.log', { engagement: engagementId, text: 'Talk' });
  const at = { startsAt: '2026-07-01T09:00:00.000Z', endsAt: '2026-07-01T10:00:00.000Z' };
  const talk = { subject: 'Talk', touchpoint, type: 'adHoc', state: 'scheduled', ...at };
  meetingId = (await client.command('records.create', { table: 'meeting', values: talk })).id;
  const play = { shortDescription: 'Check in', description: 'They are quiet', engagement: engagementId };
  await client.command('records.create', { table: 'internalPlay', values: play });
  const [run] = context.view.all('playbookRun');
  runId = run?.id ?? '';
  versionId = run?.version ?? '';
  playbookId = run?.playbook ?? '';
  const bytes = new TextEncoder().encode(csv);
  stepId = (await client.call('undo.steps', {})).steps[0]?.id ?? '';
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
    meetingId,
    stepId,
    runId,
    versionId,
    playbookId,
    sourceId,
    attachmentId,
    sessionId,
    sheetId,
  } as const;
  // name and input belong together, which the compiler cannot follow through a union
  await expect(engine.client.call(name, questions[name](about) as never)).resolves.toBeTypeOf('object');
});
