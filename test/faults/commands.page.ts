// Runs in the page that is killed: opens the engine, compares what it finds with a model, and goes on with commands.
import type { CommandMeta, Draft } from '#engine/context.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import { createWorkerHost } from '#engine/host/worker-host.ts';
import { SYSTEM_FIELDS, tableNames, type AnyRow } from '#shared/model/dictionary.ts';
import type { Permit, Saying } from './sayings.ts';

/** Command `n` of all time; what each does follows from its number, so that the model knows it too. */
type Kind = 'set up' | 'edit' | 'import' | 'undo' | 'points' | 'delete';
const CYCLE: readonly Kind[] = ['edit', 'import', 'undo', 'edit', 'points', 'edit', 'delete', 'edit', 'undo', 'points'];
const kindOf = (n: number): Kind => (n === 1 ? 'set up' : n === 2 ? 'edit' : (CYCLE[n % CYCLE.length] ?? 'edit'));

const ACCOUNTS = 5;
const IMPORTED = 300;
const FIRST_DAY = 20_000;
/** Commands that wait in the engine at the same time. */
const AT_ONCE = 3;
const IMAGE_EVERY = 40;

type Facts = {
  readonly accounts: readonly { readonly employees: number; readonly city: string }[];
  readonly contacts: readonly string[];
  readonly days: readonly number[];
};

const NOTHING: Facts = { accounts: [], contacts: [], days: [] };

/** The state after command `n`: every edit changes all accounts, so that half of one would show. */
function expected(n: number): Facts {
  let now = NOTHING;
  let before = NOTHING;
  for (let at = 1; at <= n; at += 1) [before, now] = [now, step(at, now, before)];
  return now;
}

function step(at: number, now: Facts, before: Facts): Facts {
  const mark = { employees: at, city: `city ${at}` };
  switch (kindOf(at)) {
    case 'set up':
      return { ...now, accounts: Array.from({ length: ACCOUNTS }, () => mark) };
    case 'edit':
      return { ...now, accounts: now.accounts.map(() => mark), contacts: [...now.contacts, `contact ${at}`] };
    case 'import':
      return { ...now, contacts: [...now.contacts, ...Array.from({ length: IMPORTED }, (_, one) => `import ${at} ${one}`)] };
    case 'undo':
      return before;
    case 'points':
      return { ...now, days: [...now.days, FIRST_DAY + at] };
    case 'delete':
      return { ...now, contacts: now.contacts.slice(1) };
  }
}

function work(draft: Draft, n: number): void {
  switch (kindOf(n)) {
    case 'set up': {
      const names = Array.from({ length: ACCOUNTS }, (_, at) => `Account ${at}`);
      const [first = ''] = names.map((name) => draft.create('account', { name, employees: n, city: `city ${n}` }));
      const source = draft.create('dataSource', { name: 'Feed', kind: 'external', breakdown: 'account' });
      draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: first });
      return;
    }
    case 'edit': {
      const [first] = draft.view.all('account');
      for (const { id } of draft.view.all('account')) draft.update('account', id, { employees: n, city: `city ${n}` });
      draft.create('contact', { name: `contact ${n}`, account: first?.id ?? '' });
      return;
    }
    case 'import': {
      const [first] = draft.view.all('account');
      for (let one = 0; one < IMPORTED; one += 1) draft.create('contact', { name: `import ${n} ${one}`, account: first?.id ?? '' });
      return;
    }
    case 'points': {
      const [series] = draft.view.all('dataPointSeries');
      const day = FIRST_DAY + n;
      draft.putPoints(series?.id ?? '', { start: Int32Array.of(day - 1), end: Int32Array.of(day), value: Float64Array.of(n) });
      return;
    }
    case 'delete': {
      const [oldest] = draft.view.all('contact');
      draft.remove('contact', oldest?.id ?? '');
      return;
    }
    case 'undo':
  }
}

async function run({ context }: Engine, n: number): Promise<void> {
  const command: CommandMeta = { commandId: `command-${n}`, actor: 'user-1', label: `${n}` };
  if (kindOf(n) === 'undo') await context.undo.undo(command);
  else await context.records.run(command, (draft) => work(draft, n));
}

function factsOf({ context: { view, series } }: Engine): Facts {
  const [only] = view.all('dataPointSeries');
  return {
    accounts: [...view.all('account')].map(({ employees = -1, city = '' }) => ({ employees, city })),
    contacts: [...view.all('contact')].map((contact) => contact.name),
    days: only === undefined ? [] : [...(series.points(only.id)?.end ?? [])],
  };
}

/** What of the store is not as it must be after its last commit. */
async function faultsIn(engine: Engine, seq: number): Promise<string[]> {
  const faults: string[] = [];
  const want = JSON.stringify(expected(seq));
  const have = JSON.stringify(factsOf(engine));
  if (want !== have) faults.push(`after ${seq}: ${firstDifference(want, have)}`);
  const headers = await engine.context.history.headers();
  for (const header of headers)
    if (header.commandId !== `command-${header.seq}`) faults.push(`change set ${header.seq} is of ${header.commandId}`);
  const unsent = await engine.context.storage().unsent();
  if (unsent !== seq) faults.push(`${unsent} change sets in the outbox after ${seq}`);
  const numbers = tableNames.flatMap((table) =>
    [...(engine.context.view.all(table) as Iterable<AnyRow>)].flatMap((row) => row.number ?? []),
  );
  if (new Set(numbers).size !== numbers.length) faults.push('a number was given twice');
  return faults;
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const from = Math.max(0, at - 40);
  return `expected …${a.slice(from, at + 40)}… found …${b.slice(from, at + 40)}…`;
}

/** All rows and points with everything the store keeps about them. */
function contentOf({ context: { view, series } }: Engine): string {
  const rows = tableNames.map((table) => [...(view.all(table) as Iterable<AnyRow>)]);
  const points = [...view.all('dataPointSeries')].map(({ id }) => [...(series.points(id)?.value ?? [])]);
  return JSON.stringify([rows, points, SYSTEM_FIELDS.length]);
}

const databaseName = 'kill';
const host = () =>
  createWorkerHost({ t: 'start', databaseName, host: 'browser', deviceId: 'faults', storeExpected: false }, undefined, () => undefined);

async function say(saying: Saying): Promise<Permit> {
  const answer = await fetch('say', { method: 'POST', body: JSON.stringify(saying) });
  return (await answer.json()) as Permit; // the harness answers every saying so
}

/** Empties the image, so that the next start reads the rows. */
function dropImage(): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(`${databaseName}-image`);
    open.onerror = () => reject(new Error('could not open'));
    open.onsuccess = () => {
      const transaction = open.result.transaction('image', 'readwrite');
      transaction.objectStore('image').clear();
      transaction.oncomplete = () => {
        open.result.close();
        resolve();
      };
    };
  });
}

async function compareImageWithRows(first: Engine): Promise<string[]> {
  await first.makeImage();
  await first.close();
  const fromImage = await openEngine(host());
  const image = contentOf(fromImage);
  await fromImage.close();
  await dropImage();
  const fromRows = await openEngine(host());
  const same = contentOf(fromRows) === image;
  await fromRows.close();
  return same ? [] : ['the image differs from the rows'];
}

async function start(): Promise<void> {
  const engine = await openEngine(host());
  const seq = (await engine.context.history.headers()).at(-1)?.seq ?? 0;
  const faults = await faultsIn(engine, seq);
  const { last } = await say({ kind: 'opened', seq, faults });
  if (last) {
    await say({ kind: 'compared', faults: await compareImageWithRows(engine) });
    return;
  }
  // a command that was under way when the last page was killed comes again under its ID
  let next = Math.max(1, seq);
  for (;;) {
    const { upTo } = await say({ kind: 'asks', from: next });
    const waiting = new Set<Promise<void>>();
    for (; next <= upTo; next += 1) {
      const n = next;
      const done = run(engine, n)
        .then(() => void say({ kind: 'done', n }).catch(() => undefined))
        .finally(() => waiting.delete(done));
      waiting.add(done);
      if (waiting.size >= AT_ONCE) await Promise.race(waiting);
      if (n % IMAGE_EVERY === 0) void engine.makeImage();
    }
    await Promise.all(waiting);
  }
}

start().catch((thrown: unknown) =>
  say({ kind: 'broke', why: thrown instanceof Error ? `${thrown.message} ${thrown.stack}` : String(thrown) }),
);
