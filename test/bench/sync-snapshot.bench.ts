// From signing in to a portfolio of 100,000 records that can be worked with (floor: the same records brought in locally, from files).
import { openNodeEngine, type NodeEngine } from '../../main/cli/node-engine.ts';
import { syncOf } from '#engine/sync/open-sync.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { aggregateScope } from '#shared/sync-core/scope.ts';
import { issueCode } from '../../server/auth/sign-in.ts';
import { openBenchCentral, PASSWORD, TENANT, type BenchCentral } from './central-bench.ts';
import { defineBench, timed } from './define.ts';

const PER_ENGAGEMENT = 98;
type Made = { readonly table: TableName; readonly id: string; readonly scope: string; readonly values: Readonly<Record<string, unknown>> };

/** A portfolio of so many engagements, each with its account and its touchpoints. */
function portfolio(engagements: number, user: string, newId: () => string): readonly Made[] {
  return Array.from({ length: engagements }, (_, index): readonly Made[] => {
    const [account, engagement] = [newId(), newId()];
    const scope = aggregateScope('engagement', engagement);
    return [
      { table: 'account', id: account, scope: aggregateScope('account', account), values: { name: `Account ${index}`, owner: user } },
      { table: 'engagement', id: engagement, scope, values: { title: `Care ${index}`, account, csm: user } },
      ...Array.from({ length: PER_ENGAGEMENT }, (_unused, call): Made => {
        const values = {
          subject: `Call ${call}`,
          engagement,
          heldOn: '2026-05-01',
          description: 'Went through the open points and agreed on the next steps.',
        };
        return { table: 'touchpoint', id: newId(), scope, values };
      }),
    ];
  }).flat();
}

/** Puts records into the central store as pushes would have left them. */
async function store({ storage }: BenchCentral, user: string, records: readonly Made[]): Promise<void> {
  const at = '2026-05-01T09:00:00.000Z';
  const made = { createdAt: at, createdBy: user, updatedAt: at, updatedBy: user };
  const commit = {
    name: 'bench-fill',
    text: 'select satchel_commit($1, (select head from tenant where id = $1 for update), now(), $2::jsonb)',
  };
  const accountOf = new Map(records.flatMap(({ table, id, values }) => (table === 'engagement' ? [[id, values['account']]] : [])));
  for (let from = 0; from < records.length; from += 5_000) {
    const some = records.slice(from, from + 5_000);
    const rows = some.map(({ table, id, scope, values }, index) => ({
      t: table,
      i: id,
      v: 1,
      s: scope,
      b: {
        ...values,
        ...made,
        number: `${table.slice(0, 3).toUpperCase()}${String(from + index).padStart(10, '0')}`,
        ...(table === 'touchpoint'
          ? { state: 'new', progress: 'notStarted', priority: 'medium', active: true, account: accountOf.get(String(values['engagement'])) }
          : {}),
        ...(table === 'engagement'
          ? { state: 'new', stage: 'onboarding', perceivedHealth: 'unknown', healthMonitor: true, active: true }
          : {}),
      },
      st: {},
    }));
    const members = some.flatMap(({ table, scope }) => (table === 'touchpoint' ? [] : [{ w: 'grant', m: user, s: scope, d: true }]));
    const payload = { rows, lost: [], keys: [], members, intents: [], device: null, user, acknowledged: 0 };
    await storage.transaction(TENANT, 'write', (on) => on.run(commit, [TENANT, JSON.stringify(payload)]));
  }
}

const line = (...cells: readonly unknown[]): string => `${cells.map(String).join(',')}\n`;

/** The records as someone would bring them in from another tool: references by name, nothing computed. */
function filesOf(records: readonly Made[]) {
  const title = new Map(records.map(({ id, values }) => [id, String(values['title'] ?? values['name'])]));
  const named = (field: string, values: Made['values']): string => title.get(String(values[field])) ?? '';
  const texts: Partial<Record<TableName, string>> = {
    account: line('Name'),
    engagement: line('Title', 'Account'),
    touchpoint: line('Subject', 'Engagement', 'Held on', 'Description'),
  };
  const lines: Partial<Record<TableName, string[]>> = { account: [], engagement: [], touchpoint: [] };
  for (const { table, values } of records)
    lines[table]?.push(
      table === 'account'
        ? line(values['name'])
        : table === 'engagement'
          ? line(values['title'], named('account', values))
          : line(values['subject'], named('engagement', values), values['heldOn'], values['description']),
    );
  const encoder = new TextEncoder();
  return Object.entries(lines).map(([table, list]) => ({
    name: `${table}s.csv`,
    bytes: encoder.encode((texts[table as TableName] ?? '') + list.join('')), // a key of the above
  }));
}

const portfolioList = ({ client }: NodeEngine) =>
  client.call('portfolio.list', { columns: [], sums: [], window: { offset: 0, limit: 50 }, sort: [{ field: 'title', direction: 'up' }] });

export const bench = defineBench({
  name: 'sync-snapshot',
  where: 'node',
  limits: { 'sync-snapshot': { ratio: 2 } },
  run: async ({ size, say }) => {
    const central = await openBenchCentral();
    const { user } = await central.device('kim');
    const records = portfolio(size === 'full' ? 1_000 : 20, user, central.newId);
    await store(central, user, records);

    const local = await openNodeEngine();
    const files = filesOf(records);
    const floor = await timed(async () => {
      const { sessionId } = await local.client.job('import.open', { files });
      const { created } = await local.client.job('import.commit', { sessionId });
      if (created !== records.length) throw new Error(`${created} of ${records.length} records went in`);
      await portfolioList(local);
    });
    const bare = await timed(() =>
      local.context.records.run({ commandId: 'fill', actor: 'bench', label: 'Import' }, (draft) => {
        for (const { table, id, values } of records) {
          const { owner: _owner, csm: _csm, ...own } = values;
          draft.create(table, own, { id });
        }
      }),
    );
    await local.close();
    say(
      `${records.length} records brought in locally in ${Math.round(floor)} ms (made in one command, without reading or matching: ${Math.round(bare)} ms)`,
    );

    const engine = await openNodeEngine();
    const sync = syncOf(engine.context);
    if (sync === undefined) throw new Error('an engine has its side of sync');
    const code = await issueCode({ storage: central.storage, now: Date.now, accessSeconds: 0 }, TENANT, user);
    let usable = 0;
    const value = await timed(async () => {
      usable = await timed(async () => {
        await sync.signIn({ server: central.url, tenant: TENANT, login: 'kim', password: PASSWORD, deviceName: 'Bench', code });
        await sync.once();
      });
      await portfolioList(engine);
    });
    say(`loaded in ${Math.round(usable)} ms`);
    const there = engine.context.view.count('touchpoint');
    if (there !== records.length - (records.length / (PER_ENGAGEMENT + 2)) * 2) throw new Error(`only ${there} touchpoints came`);
    await engine.close();
    await central.close();
    return [{ name: 'sync-snapshot', value, unit: 'ms', floor }];
  },
});
