import { assigneeField } from '#shared/domain/labels/assignee-field.ts';
import { mentionFinder } from '#shared/domain/mentions/find-mentions.ts';
import { noticesOf, type Notice, type NoticedChange } from '#shared/domain/notices/notices-of.ts';
import { toErrorShape } from '#shared/errors/app-error.ts';
import { refTo } from '#shared/model/any-reference.ts';
import { tableNames, tableOf, type AnyRow, type NewValues, type TableName } from '#shared/model/dictionary.ts';
import { readJournalChange, withoutChange } from '#shared/sync-core/journal-change.ts';
import type { EngineContext, Touched } from '../context.ts';
import { inTurns } from '../host/in-turns.ts';
import type { ChangeHeader, ChangeSet } from '../store/change-set.ts';
import { shownToOf } from './sights.ts';

/** Writes as itself, so that nobody is told of being told. */
export const NOTICE_ACTOR = 'system:notices';
/** Under this name the last change that was looked at is kept. */
const MARK = 'notices';
/** More of one change than a person wants to read one by one: they become one. */
const MOST_OF_A_CHANGE = 10;
/** More than a person makes by hand: of a mass of new records nobody is told. */
const MOST_BY_HAND = 200;
/** Change sets looked at again after a crash; further back it is no news. */
const MOST_CAUGHT_UP = 100;

/** Record types of which someone may have to be told. */
const noticed = new Set<TableName>(
  tableNames.filter((table) => {
    const { fields } = tableOf(table);
    const isFollowed = fields['watchList'] !== undefined || Object.values(fields).some(({ kind }) => kind === 'journal');
    const isTold = table === 'discussion' || table === 'discussionMessage' || table === 'playbookEvent';
    return isFollowed || assigneeField(table) !== undefined || isTold;
  }),
);

export type NoticeWriter = {
  /** Resolves once everything that was committed so far has been looked at. */
  readonly settled: () => Promise<void>;
  readonly stop: () => void;
};

/** Starts telling people of what others do to records that they follow (REC-43): one small effect after each commit. */
export function startNotices(context: EngineContext): NoticeWriter {
  const { feed, host } = context;
  let last: Promise<void> = catchUp(context);
  const stop = feed.subscribe((touched) => {
    last = last
      .then(() => handle(context, touched))
      .catch((thrown: unknown) => host.log({ event: 'notices-failed', code: toErrorShape(thrown).code }));
  });
  return { settled: () => last, stop };
}

/** What of a commit may concern someone, a record a step: records as this very commit left them, whatever has come after it. */
function* changesIn({ rows, before, after }: Touched): Generator<void, readonly NoticedChange[], void> {
  const changes: NoticedChange[] = [];
  const isMass = [...rows.values()].reduce((sum, ids) => sum + ids.size, 0) > MOST_BY_HAND;
  for (const [table, ids] of rows) {
    if (!noticed.has(table)) continue;
    for (const id of ids) {
      const was = before(table, id);
      // an import or the demo, of whose new records nobody is told
      if (was !== undefined || !isMass) changes.push({ table, id, before: was, after: after(table, id) });
      yield;
    }
  }
  return changes;
}

async function handle(context: EngineContext, touched: Touched): Promise<void> {
  const { host, history, computed } = context;
  // what is taken back or done again was told when it was done
  const changes = touched.kind === 'do' || touched.kind === 'sync' ? await inTurns(changesIn(touched), host.yieldTurn) : [];
  const header = changes.length === 0 ? undefined : await history.find(touched.changeSetId);
  if (header?.kind === 'sync') await tellOfOthers(context, header, changes);
  else if (header !== undefined) await tell(context, header, changes);
  await computed.mark(MARK, touched.seq);
}

/** What others did arrives from the central store; each device tells its own person alone (SYN-08). */
async function tellOfOthers(context: EngineContext, header: ChangeHeader, changes: readonly NoticedChange[]): Promise<void> {
  const me = context.settings().currentUser;
  const set = me === null ? undefined : await context.history.read(header.seq);
  if (me === null || set === undefined || context.view.by('notification', 'change', header.id).length > 0) return;
  const who = new Map(set.rows.map(({ table, id, by, at = header.at }) => [refTo(table, id), { by, at }]));
  const byPerson = Map.groupBy(changes, ({ table, id }) => who.get(refTo(table, id))?.by);
  for (const [by, theirs] of byPerson) {
    if (by === undefined || by === me) continue;
    const at = theirs.map(({ table, id }) => who.get(refTo(table, id))?.at ?? header.at).toSorted()[0] ?? header.at;
    await write(context, { ...header, actor: by, at }, theirs, (recipient) => recipient === me);
  }
}

/** Writes the notices of one change set; a second time nothing. */
async function tell(context: EngineContext, header: ChangeHeader, changes: readonly NoticedChange[]): Promise<void> {
  if (header.kind !== 'do' || header.actor === NOTICE_ACTOR || context.view.by('notification', 'change', header.id).length > 0) return;
  await write(context, header, changes, () => true);
}

async function write(
  context: EngineContext,
  header: ChangeHeader,
  changes: readonly NoticedChange[],
  isTold: (recipient: string) => boolean,
): Promise<void> {
  const { view, records } = context;
  const mentions = mentionFinder([...view.all('user')]);
  const news = changes.length > MOST_BY_HAND ? changes.filter(({ before }) => before !== undefined) : changes;
  const shownTo = shownToOf(context, news);
  const found = await inTurns(noticesOf(news, { view, actor: header.actor, mentions }), context.host.yieldTurn);
  const told = found.flatMap((notice) => (isTold(notice.recipient) ? (shownTo(notice) ?? []) : []));
  const notices = [...Map.groupBy(told, ({ recipient }) => recipient).values()].flatMap((ofOne) => inFew(ofOne, header.label));
  if (notices.length === 0) return;
  const command = { commandId: `notices:${header.id}:${header.actor}`, actor: NOTICE_ACTOR, label: 'Notifications', notUndoable: true };
  await records.run(command, (draft) => {
    for (const notice of notices) draft.create('notification', valuesOf(notice, header));
  });
}

type Told = Notice | (Pick<Notice, 'recipient' | 'reason' | 'summary'> & { readonly exists: false; readonly table: undefined });

/** A bulk edit tells each person once. */
function inFew(notices: readonly Notice[], label: string): readonly Told[] {
  const [first] = notices;
  if (first === undefined || notices.length <= MOST_OF_A_CHANGE) return notices;
  const { recipient, reason } = first;
  const deed = notices.every((one) => one.reason === 'assignment')
    ? `assigned ${notices.length} records to you (${label})`
    : `changed ${notices.length} records that you follow (${label})`;
  return [{ recipient, reason, summary: deed, exists: false, table: undefined }];
}

function valuesOf(notice: Told, { id, actor, at }: ChangeHeader): NewValues<'notification'> {
  const { recipient, reason, summary } = notice;
  const about = notice.exists ? { about: refTo(notice.table, notice.id) } : {};
  const more = notice.table === undefined ? {} : { excerpt: notice.excerpt, discussion: notice.discussion };
  return { recipient, reason, summary, actor, at, change: id, ...about, ...more };
}

/** Looks at what was committed before the engine stopped and was not looked at any more. */
async function catchUp(context: EngineContext): Promise<void> {
  const from = await context.computed.marked(MARK);
  if (from === undefined) return context.computed.mark(MARK, context.computed.seq());
  const missed = (await context.history.headers()).filter(({ seq }) => seq > from).slice(-MOST_CAUGHT_UP);
  for (const header of missed) {
    const set = await context.history.read(header.seq);
    if (set !== undefined) await tell(context, header, changesOf(context, set));
  }
}

/** The changes of a change set of the past, as far as it holds them. */
function changesOf({ view }: EngineContext, { rows }: ChangeSet): readonly NoticedChange[] {
  return rows.flatMap(({ table, id, action, before, after }): NoticedChange[] => {
    if (!noticed.has(table)) return [];
    const now: AnyRow | undefined = view.get(table, id);
    const base = now ?? (before as AnyRow | undefined); // a deletion keeps the whole row
    if (base === undefined) return [];
    if (action === 'delete') return [{ table, id, before: base, after: undefined }];
    if (action === 'create') return [{ table, id, before: undefined, after: base }];
    const journals = Object.entries(after ?? {}).filter(([field]) => tableOf(table).fields[field]?.kind === 'journal');
    const became = Object.entries(after ?? {}).filter((one) => !journals.some(([field]) => field === one[0]));
    // notes are only ever added, so the record has them still
    const noted = journals.map(
      ([field, value]) => [field, withoutChange(base[field], readJournalChange(before?.[field], value), true)] as const,
    );
    const then = { ...base, ...withoutNull(Object.fromEntries(became)) };
    const was = { ...without(base, Object.keys(after ?? {})), ...before, ...withoutNull(Object.fromEntries(noted)) } as AnyRow; // the fields that differed, as they were
    return [{ table, id, before: was, after: then }];
  });
}

function withoutNull(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value ?? undefined]));
}

function without(row: AnyRow, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));
}
