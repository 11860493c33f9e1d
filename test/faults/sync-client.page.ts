// Runs in a browser that is cut off, killed and started again: a person who goes on working, with sync going on by itself.
import { openEngine, type Engine } from '#engine/engine.ts';
import { refusedDeeds } from '#engine/sync/refused.ts';
import { createWorkerHost } from '#engine/host/worker-host.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { SyncPermit, SyncSaying } from './sync-sayings.ts';

const client = location.hash.slice(1);
const host = () =>
  createWorkerHost(
    { t: 'start', databaseName: 'faults', host: 'browser', deviceId: `faults-${client}`, storeExpected: false },
    undefined,
    () => undefined,
  );
const PLAYED: readonly TableName[] = ['account', 'engagement', 'touchpoint', 'contact', 'syncConflict'];
const STAGES = ['adoption', 'expand', 'renew'] as const;
/** Between two deeds of a person in a hurry, in milliseconds. */
const PAUSE_MS = 40;

async function say(saying: Omit<SyncSaying, 'client'>): Promise<SyncPermit> {
  const answer = await fetch('say', { method: 'POST', body: JSON.stringify({ client, ...saying } satisfies SyncSaying) });
  return (await answer.json()) as SyncPermit; // the harness answers every saying so
}

/** A row without what only this device counts. */
function contentOf({ rev: _rev, ...row }: AnyRow): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function rowsOf({ context: { view } }: Engine): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PLAYED.flatMap((table) => [...(view.all(table) as Iterable<AnyRow>)].map((row) => [`${table}/${row.id}`, contentOf(row)])), // Row seen generically
  );
}

function shown(engine: Engine): Pick<SyncSaying, 'rows' | 'refused'> {
  const refused = refusedDeeds(engine.context.view, engine.sync.store.sync).deeds;
  return { rows: rowsOf(engine), refused: refused.map(({ label }) => label) };
}

/** The deeds of both are counted together, and two that follow each other are about the same. */
const one = <T>(all: readonly T[], turn: number): T | undefined => all[Math.floor(turn / 2) % all.length];
const byId = (a: AnyRow, b: AnyRow): number => (a.id < b.id ? -1 : 1);

/** What a person does next on what their device has: much of it on the same few records, so that people meet. */
async function act({ context, sync }: Engine, name: string): Promise<void> {
  const actor = sync.standing()?.user ?? '';
  const turn = Number(/\d+/.exec(name)?.[0] ?? 0);
  await context.records.run({ commandId: name, actor, label: name }, (draft) => {
    const account = one([...draft.view.all('account')].toSorted(byId), turn);
    if (account === undefined) return;
    draft.create('contact', { name, account: account.id });
    draft.update('account', account.id, { description: `Last change: ${name}` });
    const engagement = one([...draft.view.all('engagement')].toSorted(byId), turn);
    if (engagement === undefined) return;
    if (turn % 3 === 0) draft.create('touchpoint', { subject: name, engagement: engagement.id, heldOn: '2026-05-01' });
    // both turn it: these are conflicts for people to settle
    draft.update('engagement', engagement.id, { stage: STAGES[turn % STAGES.length] });
    const conflict = [...draft.view.all('syncConflict')].find(({ resolved }) => resolved !== true);
    if (turn % 5 === 0 && conflict) draft.update('syncConflict', conflict.id, { resolved: true, resolution: 'theirs' });
  });
}

async function start(): Promise<void> {
  const engine = await openEngine(host());
  engine.sync.start();
  let done: string[] = [];
  let rests = false;
  let last = '';
  for (;;) {
    const standing = engine.sync.standing();
    const hasAll = standing !== undefined && !standing.loading && [...engine.context.view.all('account')].length > 0;
    const { pending } = engine.sync.status();
    const told = done;
    const all = hasAll && pending === 0 && rests ? shown(engine) : {};
    // thousands of rows are told once
    const text = JSON.stringify(all);
    const news = text === last ? {} : all;
    last = text;
    const permit = await say({ done: told, signedIn: hasAll, pending, ...news });
    rests = permit.what === 'rest';
    done = done.slice(told.length);
    if (permit.what === 'sign-in') {
      // the network may just be cut
      if (standing === undefined) await engine.sync.signIn({ ...permit, deviceName: client }).catch(() => undefined);
    } else if (permit.what === 'act') {
      await act(engine, permit.name);
      done.push(permit.name);
    }
    await new Promise((resolve) => void setTimeout(resolve, PAUSE_MS));
  }
}

start().catch((thrown: unknown) =>
  say({ done: [], signedIn: false, broke: thrown instanceof Error ? `${thrown.message} ${thrown.stack}` : String(thrown) }),
);
