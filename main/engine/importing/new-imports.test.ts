import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TableName } from '#shared/model/dictionary.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { add, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import type { Engine } from '../engine.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await engineAsOf('2025-06-15');
  const account = await add(engine, 'account', { name: 'Acme' });
  const product = await add(engine, 'product', { name: 'GTX Pro' });
  await add(engine, 'contract', { name: 'Gold', account });
  await add(engine, 'soldProduct', { account, product, externalId: 'S-1' });
  await add(engine, 'location', { name: 'Vienna', account });
  await add(engine, 'installBaseItem', { name: 'Gateway 7', account });
  await add(engine, 'engagement', { title: 'Care', account });
});
afterEach(() => engine.close());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const rows = (table: TableName): readonly object[] => [...engine.context.view.all(table)];

/** Brings a file in and answers what it held that could not be taken. */
async function bringIn(name: string, csv: string): Promise<{ readonly into: unknown; readonly problems: readonly string[] }> {
  const session = await call(engine, 'import.open', { files: [{ name, bytes: bytesOf(csv) }] });
  const { problems } = await call(engine, 'import.problems', { sessionId: session.sessionId, offset: 0, limit: 20 });
  await call(engine, 'import.commit', { sessionId: session.sessionId });
  return { into: session.sheets[0]?.into, problems: problems.map(({ message }) => message) };
}

/** The eight imports of onboarding: a file under a name as people have it, and what must come of it. */
const IMPORTS: readonly (readonly [table: TableName, file: string, csv: string, wanted: object])[] = [
  [
    'contact',
    'customer_contacts.csv',
    'Full name,Company,Email,Job title\nBo Berg,Acme,bo@example.com,CTO\n',
    { name: 'Bo Berg', email: 'bo@example.com', title: 'CTO' },
  ],
  [
    'location',
    'locations.csv',
    'Location name,Company,Street,Zip,City,Country\nGraz office,Acme,Ring 1,8010,Graz,AT\n',
    { name: 'Graz office', street: 'Ring 1', postalCode: '8010', city: 'Graz' },
  ],
  [
    'entitlement',
    'service_entitlements.csv',
    'Entitlement,Account,Contract,Units,Start date,End date\nGold support,Acme,Gold,100,2025-01-01,2025-12-31\n',
    { name: 'Gold support', quantity: 100, endDate: '2025-12-31' },
  ],
  [
    'installBaseItem',
    'install_base.csv',
    'Item name,Account,Product,Serial number,Install date\nGateway 8,Acme,GTX Pro,SN-8,2024-05-01\n',
    { name: 'Gateway 8', serialNumber: 'SN-8', installedOn: '2024-05-01' },
  ],
  [
    'accountAddress',
    'account_addresses.csv',
    'Account,Location,Address type,Primary\nAcme,Vienna,Billing,yes\n',
    { kind: 'billing', primary: true },
  ],
  [
    'contract',
    'contracts.csv',
    'Contract name,Account,Start date,End date,Contract value\nSilver,Acme,2025-01-01,2025-12-31,1200\n',
    { name: 'Silver', endDate: '2025-12-31' },
  ],
  [
    'soldProduct',
    'sold_products.csv',
    'Account,Product,Quantity,Activation status\nAcme,GTX Pro,25,planned\n',
    { licencesSold: 25, activation: 'planned' },
  ],
  ['installBaseSoldProduct', 'install_base_links.csv', 'Install base item,Sold product\nGateway 7,S-1\n', {}],
];

describe.each(IMPORTS)('ONB-07 %s', (table, file, csv, wanted) => {
  test(`ONB-07 ${file} is recognised and brought in without help`, async () => {
    const before = rows(table).length;
    expect(await bringIn(file, csv)).toEqual({ into: table, problems: [] });
    expect(rows(table)).toHaveLength(before + 1);
    expect(rows(table).at(-1)).toMatchObject(wanted);
  });

  test(`ONB-07 the template of ${table} is recognised as what it is for, and its example is left out`, async () => {
    const template = await call(engine, 'export.template', { table, format: 'csv' });
    const headings =
      new TextDecoder()
        .decode(template.bytes)
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)[0] ?? '';
    for (const field of Object.values(tableOf(table).fields)) if (field.isMandatory) expect(headings).toContain(field.label);
    const session = await call(engine, 'import.open', { files: [{ name: template.fileName, bytes: template.bytes }] });
    expect(session.sheets[0]?.into ?? table).toBe(table);
    const before = rows(table).length;
    await call(engine, 'import.commit', { sessionId: session.sessionId }).catch(() => undefined);
    expect(rows(table)).toHaveLength(before);
  });
});

test('REC-42 REC-45 activities, outreaches and survey answers come from files', async () => {
  const activities = await bringIn(
    'activity_log.csv',
    'Activity kind,Account,Activity date,Subject\nTraining,Acme,2025-06-01,Admin course\n',
  );
  expect(activities).toEqual({ into: 'activity', problems: [] });
  const outreaches = await bringIn(
    'outreach_log.csv',
    'Subject,Engagement,Outreach date,Outreach result\nInvitation,Care,2025-06-01,Answered\n',
  );
  expect(outreaches).toEqual({ into: 'outreach', problems: [] });
  const answers = await bringIn(
    'nps_responses.csv',
    'Survey type,Account,NPS score,Response date\nNPS,Acme,9,2025-06-02\nNPS,Acme,12,2025-06-03\n',
  );
  expect(answers.into).toBe('surveyResponse');
  expect(answers.problems.join()).toContain('must be at most 10');
  expect(rows('surveyResponse')).toMatchObject([{ kind: 'nps', score: 9 }]);
});

test('ONB-07 REC-30 links of an engagement come from a file, and a second time they are known', async () => {
  const csv = 'Engagement,Contract\nCare,Gold\n';
  expect(await bringIn('applicable_contracts.csv', csv)).toEqual({ into: 'engagementContract', problems: [] });
  expect(await bringIn('applicable_contracts.csv', csv)).toEqual({ into: 'engagementContract', problems: [] });
  expect(rows('engagementContract')).toHaveLength(1);
});
