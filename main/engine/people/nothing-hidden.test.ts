import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, becomes } from '../../../test/support/call-as.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { add, change } from '../../../test/support/portfolio-engine.ts';
import { queryNames, questions, type Asked } from '../../../test/support/questions.ts';
import { sampleRecords, type Samples } from '../../../test/support/sample-records.ts';
import { isScoped } from '#shared/domain/permission/follow.ts';
import { refTo, tablesOfField } from '#shared/model/any-reference.ts';
import { tableNames, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { toErrorShape } from '#shared/errors/app-error.ts';
import { openEngine, type Engine } from '../engine.ts';

/**
 * Non-interference: two engines have the same records that Ann sees; one of them also has a record of every type that she must not
 * see. Whatever she asks, about what she sees or about what she does not, both answer the same.
 */
type World = {
  readonly engine: Engine;
  readonly ann: string;
  readonly cus: string;
  readonly seen: Samples;
  readonly hidden: Samples | undefined;
};

const SECRET = 'Zyxwvut';
let bare: World;
let full: World;
let askedSeen: Asked;
let askedHidden: Asked;

/** What may be about anything is about the engagement where it may, so that it is as hidden as that. */
function tiedTo(table: TableName, engagement: string): Readonly<Record<string, unknown>> {
  const fields = Object.entries(tableOf(table).fields).filter(
    ([, field]) => tablesOfField(field).includes('engagement') && field.kind === 'anyReference',
  );
  return Object.fromEntries(fields.map(([name]) => [name, refTo('engagement', engagement)]));
}

async function sendFile(engine: Engine, about: string, name: string): Promise<string> {
  const bytes = new TextEncoder().encode(name);
  const { uploadId } = await ask(engine, 'attachments.begin', { about, name, mediaType: 'text/plain', size: bytes.length });
  await ask(engine, 'attachments.part', { uploadId, at: 0, bytes });
  return (await ask(engine, 'attachments.finish', { uploadId })).id;
}

async function build(withHidden: boolean): Promise<World> {
  let ids = 0;
  const host = memoryHost({ newId: () => `0198aaaa-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}` });
  const engine = await openEngine(host);
  await ask(engine, 'workspace.set', { key: 'asOf', value: '2025-06-15' });
  await ask(engine, 'workspace.addStarterDefinitions', {});
  const user = (name: string, roles: readonly string[]) => add(engine, 'user', { name, roles });
  await user('Root', ['administrator']);
  const other = await user('Other', ['successAgent']);
  const ann = await user('Ann', ['successAgent']);
  const cus = await user('Cus', ['customer']);
  const shared = await sampleRecords(engine, {
    mark: 'Common',
    known: { user: [other] },
    only: (table) => !isScoped(table) && table !== 'savedFilter',
  });
  const common = Object.fromEntries([...shared.ids].map(([table, id]) => [table, [id]]));
  const customer = async (name: string, csm: string) => {
    const account = await add(engine, 'account', { name: `${name} account`, owner: other });
    const contact = await add(engine, 'contact', { name: `${name} contact`, account });
    const engagement = await add(engine, 'engagement', { title: `${name} engagement`, account, csm, keyContact: contact });
    const samples = await sampleRecords(engine, {
      mark: name,
      known: { ...common, user: [other], account: [account], contact: [contact], engagement: [engagement] },
      fixed: (table) => tiedTo(table, engagement),
      only: (table) => (isScoped(table) && !['account', 'contact', 'engagement'].includes(table)) || table === 'savedFilter',
    });
    const attachment = await sendFile(engine, `engagement/${engagement}`, `${name}.txt`);
    await change(engine, (draft) => draft.update('engagement', engagement, { workNotes: `${name} note` }));
    const ids = new Map([
      ...samples.ids,
      ['account', account],
      ['contact', contact],
      ['engagement', engagement],
      ['attachment', attachment],
    ] as const);
    return { ids, missing: samples.missing };
  };
  const seen = await customer('Plain', ann);
  await change(engine, (draft) => draft.update('contact', seen.ids.get('contact') ?? '', { user: cus }));
  await ask(engine, 'risk.analyse', {});
  const hidden = withHidden ? await customer(SECRET, other) : undefined;
  // from here on the same IDs and times in both
  ids = 1_000_000;
  host.setNow('2026-02-01T09:00:00.000Z');
  return { engine, ann, cus, seen, hidden };
}

beforeAll(async () => {
  bare = await build(false);
  full = await build(true);
  const about = (samples: Samples): Asked => {
    const of = (table: TableName) => samples.ids.get(table) ?? 'none';
    return {
      table: 'engagement',
      id: of('engagement'),
      text: SECRET,
      engagementId: of('engagement'),
      riskId: of('riskSignal'),
      meetingId: of('meeting'),
      sourceId: [...full.engine.context.view.all('dataSource')][0]?.id ?? 'none',
      attachmentId: of('attachment'),
      sessionId: 'none',
      sheetId: 'none',
      stepId: 'none',
      runId: of('playbookRun'),
      versionId: of('playbookVersion'),
      playbookId: of('playbook'),
    };
  };
  askedSeen = about(full.seen);
  askedHidden = about(full.hidden ?? full.seen);
}, 60_000);
afterAll(async () => {
  await bare.engine.close();
  await full.engine.close();
});

/** What is one of the device, not of anyone's records. */
const SAME_FOR_ALL = new Set(['unsent', 'pending', 'storage']);

async function answer({ engine }: World, name: (typeof queryNames)[number], about: Asked): Promise<unknown> {
  try {
    // name and input belong together, which the compiler cannot follow through a union
    const output: Readonly<Record<string, unknown>> = await ask(engine, name, questions[name](about) as never);
    return Object.fromEntries(Object.entries(output).filter(([key]) => !SAME_FOR_ALL.has(key)));
  } catch (thrown) {
    return toErrorShape(thrown);
  }
}

const isAboutTable = (name: string): boolean => questions[name as (typeof queryNames)[number]].toString().includes('table');

test('REC-32 records of nearly every type could be invented for this test', () => {
  const left = (full.hidden?.missing ?? []).filter((table) => table !== 'dataPointSeries' && table !== 'attachment');
  expect(left).toEqual([]);
});

test.each(['ann', 'cus'] as const)(
  'REC-31 REC-32 BR-42 what %s asks is answered as if hidden records did not exist',
  async (who) => {
    await becomes(bare.engine, bare[who]);
    await becomes(full.engine, full[who]);
    const tables = tableNames.filter((table) => full.hidden?.ids.has(table) === true);
    let compared = 0;
    let told = 0;
    for (const name of queryNames) {
      for (const table of isAboutTable(name) ? tables : (['engagement'] as const)) {
        for (const [samples, base] of [
          [full.seen, askedSeen],
          [full.hidden ?? full.seen, askedHidden],
        ] as const) {
          for (const text of [SECRET, 'Plain']) {
            const about = { ...base, table, id: samples.ids.get(table) ?? 'none', text };
            const [expected, found] = [await answer(bare, name, about), await answer(full, name, about)];
            expect(
              found,
              `${name} about ${tableOf(table).plural} (${samples === full.seen ? 'seen' : 'hidden'}) answers otherwise`,
            ).toEqual(expected);
            compared += 1;
            if (samples === full.seen && !(typeof found === 'object' && found !== null && 'retryable' in found)) told += 1;
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(1000);
    // most of it is no refusal
    expect(told).toBeGreaterThan(who === 'ann' ? 500 : 50);
  },
  120_000,
);

test.each(['ann', 'cus'] as const)(
  'REC-32 exports and previews of bulk edits hold for %s what lists do',
  async (who) => {
    await becomes(bare.engine, bare[who]);
    await becomes(full.engine, full[who]);
    const of = async ({ engine }: World, table: TableName): Promise<unknown> => {
      const tried = [
        () => ask(engine, 'export.table', { table, format: 'csv' }),
        () => ask(engine, 'records.export', { table, target: {}, columns: ['label', 'createdBy'], format: 'csv' }),
        () => ask(engine, 'records.bulkPreview', { table, target: {}, change: { action: 'delete' } }),
      ];
      return Promise.all(tried.map((one) => one().catch((thrown: unknown) => toErrorShape(thrown))));
    };
    for (const table of tableNames) expect(await of(full, table), tableOf(table).plural).toEqual(await of(bare, table));
  },
  60_000,
);

test('REC-32 the test sees what it is looking for: without limits the answers differ', async () => {
  await becomes(bare.engine, null);
  await becomes(full.engine, null);
  // an administrator's own view
  const [expected, found] = [await answer(bare, 'records.list', askedSeen), await answer(full, 'records.list', askedSeen)];
  expect(found).not.toEqual(expected);
  expect(JSON.stringify(await answer(full, 'records.find', askedHidden))).toContain(SECRET);
});

test('REC-32 customers get no work notes, not in records, history or search', async () => {
  await becomes(full.engine, full.cus);
  const engagement = full.seen.ids.get('engagement') ?? '';
  const { row } = await ask(full.engine, 'records.get', { table: 'engagement', id: engagement });
  expect(row).toMatchObject({ title: 'Plain engagement' });
  expect(row).not.toHaveProperty('workNotes');
  expect(JSON.stringify(await ask(full.engine, 'records.activity', { table: 'engagement', id: engagement, limit: 100 }))).not.toContain(
    'Plain note',
  );
  expect((await ask(full.engine, 'records.find', { text: 'Plain note', limit: 50 })).found.map(({ id }) => id)).not.toContain(engagement);
  const { rows } = await ask(full.engine, 'records.list', { table: 'user', window: { offset: 0, limit: 10 } });
  expect(rows.map(({ label }) => label).toSorted()).toEqual(['Ann', 'Cus', 'Other']);
  await expect(ask(full.engine, 'portfolio.overview', {})).rejects.toMatchObject({ code: 'permission' });
});
