import { parseRef } from '../../model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { JournalEntry } from '../../model/field.ts';
import type { NOTICE_REASONS } from '../../model/tables/notification.ts';
import { audienceOf } from '../activity/journal-audience.ts';
import { assigneeField } from '../labels/assignee-field.ts';
import { labelOf } from '../labels/record-label.ts';
import type { Mention } from '../mentions/find-mentions.ts';
import { sameValue } from '../validate/same-value.ts';
import type { ReadView } from '../view.ts';

export type NoticeReason = keyof typeof NOTICE_REASONS;

/** What a person is to be told of one record. */
export type Notice = {
  readonly recipient: string;
  readonly reason: NoticeReason;
  readonly table: TableName;
  readonly id: string;
  /** The record is there to be opened; a deleted one is not. */
  readonly exists: boolean;
  /** What was done, without who did it: `mentioned you in touchpoint “Review”`. */
  readonly summary: string;
  readonly excerpt?: string;
  /** It tells of something that customers must not know. */
  readonly internal: boolean;
  readonly discussion?: string;
  /** Fields that the summary tells of. */
  readonly fields?: readonly string[];
};

export type NoticedChange = {
  readonly table: TableName;
  readonly id: string;
  readonly before: AnyRow | undefined;
  readonly after: AnyRow | undefined;
};

export type NoticeWorld = {
  readonly view: ReadView;
  /** Whoever made the change is never told of it. */
  readonly actor: string;
  readonly mentions: (text: string) => readonly Mention[];
};

/** What a person cares for most comes first; of one record a person is told once. */
const ORDER: readonly NoticeReason[] = ['mention', 'assignment', 'discussion', 'workNotes', 'watch'];
const EXCERPT = 280;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const entries = (value: unknown): readonly JournalEntry[] => (Array.isArray(value) ? (value as readonly JournalEntry[]) : []); // the stored value of a journal

/** Shortens what was written to what fits a line or two. */
function excerptOf(text: string): string {
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT).trimEnd()} …`;
}

/**
 * Whom changes concern, and what each is told (REC-43): watchers, followers of work notes, who is mentioned, assigned or in a discussion. One
 * record a step: a bulk edit has thousands.
 */
export function* noticesOf(changes: readonly NoticedChange[], world: NoticeWorld): Generator<void, readonly Notice[], void> {
  const found = new Map<string, Notice>();
  for (const change of changes) {
    yield;
    const all = noticesAt(change, world);
    for (const notice of all) {
      if (notice.recipient === world.actor) continue;
      const key = `${notice.recipient} ${notice.table} ${notice.id}`;
      const known = found.get(key);
      if (known === undefined || ORDER.indexOf(notice.reason) < ORDER.indexOf(known.reason)) found.set(key, notice);
    }
  }
  return [...found.values()];
}

function noticesAt(change: NoticedChange, world: NoticeWorld): Notice[] {
  if (change.table === 'discussion' || change.table === 'discussionMessage') return inDiscussion(change, world);
  return change.table === 'playbookEvent' ? inPlaybook(change, world) : ofRecord(change, world);
}

/** An activity of a playbook was given to someone: they are told at the record that it runs on. */
function inPlaybook({ before, after }: NoticedChange, { view }: NoticeWorld): Notice[] {
  if (before !== undefined || after === undefined) return [];
  const { kind, run, detail } = after;
  const to = typeof detail === 'object' && detail !== null && 'to' in detail ? detail.to : undefined;
  if (kind !== 'reassigned' || typeof to !== 'string' || typeof run !== 'string') return [];
  const about = parseRef(view.get('playbookRun', run)?.about);
  const row: AnyRow | undefined = about && view.get(about.table, about.id);
  if (about === undefined || row === undefined) return [];
  const what = `${tableOf(about.table).label.toLowerCase()} “${labelOf(about.table, row, view)}”`;
  return [{ ...about, exists: true, recipient: to, reason: 'assignment', summary: `gave you an activity of ${what}`, internal: true }];
}

function ofRecord({ table, id, before, after }: NoticedChange, { view, mentions }: NoticeWorld): Notice[] {
  const row = after ?? before;
  if (row === undefined) return [];
  const { label, fields } = tableOf(table);
  const what = `${label.toLowerCase()} “${labelOf(table, row, view)}”`;
  const base = { table, id, exists: after !== undefined };
  const notices: Notice[] = [];
  const tell = (recipients: readonly string[], notice: Pick<Notice, 'reason' | 'summary' | 'internal' | 'excerpt' | 'fields'>) => {
    for (const recipient of recipients) notices.push({ ...base, ...notice, recipient });
  };
  const watchers = texts(row['watchList']);
  if (after === undefined) {
    tell(watchers, { reason: 'watch', summary: `deleted ${what}`, internal: false });
    return notices;
  }
  for (const [field, { kind }] of Object.entries(fields)) {
    if (kind !== 'journal') continue;
    const internal = audienceOf(field) === 'internal';
    for (const { text } of entries(after[field]).slice(entries(before?.[field]).length)) {
      const excerpt = excerptOf(text);
      tell(
        mentions(text).map(({ userId }) => userId),
        { reason: 'mention', summary: `mentioned you in ${what}`, excerpt, internal },
      );
      if (internal)
        tell(texts(after['workNotesList']), { reason: 'workNotes', summary: `wrote a work note on ${what}`, excerpt, internal });
      else tell(watchers, { reason: 'watch', summary: `commented on ${what}`, excerpt, internal });
    }
  }
  const assignee = assigneeField(table);
  const assigned = assignee === undefined ? undefined : after[assignee];
  if (assignee !== undefined && typeof assigned === 'string' && assigned !== before?.[assignee])
    tell([assigned], { reason: 'assignment', summary: `assigned ${what} to you`, internal: false });
  const deed = before === undefined ? { words: 'created', fields: [] } : deedOf(table, before, after);
  if (deed !== undefined) tell(watchers, { reason: 'watch', summary: `${deed.words} ${what}`, internal: false, fields: deed.fields });
  return notices;
}

/** Who follows a record is the business of whoever joins or leaves. */
const NOT_TOLD = new Set(['watchList', 'workNotesList']);

/** What was done to a record that was there before; undefined where only rules, journals or followers changed. */
function deedOf(
  table: TableName,
  before: AnyRow,
  after: AnyRow,
): { readonly words: string; readonly fields: readonly string[] } | undefined {
  const { fields, lifecycle } = tableOf(table);
  const changed = Object.keys(fields).filter((name) => {
    const { kind, readOnly } = fields[name] ?? {};
    return kind !== 'journal' && readOnly !== true && !NOT_TOLD.has(name) && !sameValue(before[name], after[name]);
  });
  const [first] = changed;
  if (first === undefined) return undefined;
  if (lifecycle && before[lifecycle.field] !== after[lifecycle.field]) {
    const state = after[lifecycle.field];
    if (state === lifecycle.closed) return { words: 'closed', fields: [lifecycle.field] };
    if (state === lifecycle.cancelled) return { words: 'cancelled', fields: [lifecycle.field] };
  }
  const name = fields[first]?.label ?? first;
  return { words: changed.length === 1 ? `changed ${name} of` : `changed ${name} and ${changed.length - 1} more of`, fields: changed };
}

function inDiscussion({ table, before, after }: NoticedChange, { view, mentions }: NoticeWorld): Notice[] {
  const discussion: AnyRow | undefined = table === 'discussion' ? after : talkOf(after, view);
  const about = parseRef(discussion?.['about']);
  if (discussion === undefined || about === undefined || after === undefined) return [];
  const subject = typeof discussion['subject'] === 'string' ? discussion['subject'] : '';
  const participants = texts(discussion['participants']);
  const base = { ...about, exists: view.get(about.table, about.id) !== undefined, discussion: discussion.id, internal: true };
  const tell = (recipients: readonly string[], reason: NoticeReason, summary: string, excerpt?: string): Notice[] =>
    recipients.map((recipient) => ({ ...base, recipient, reason, summary, ...(excerpt === undefined ? {} : { excerpt }) }));
  if (table === 'discussion') {
    if (before !== undefined && before['resolved'] !== true && after['resolved'] === true)
      return tell(participants, 'discussion', `resolved the discussion “${subject}”`);
    const joined = participants.filter((one) => !texts(before?.['participants']).includes(one));
    return tell(joined, 'discussion', `asked you into the discussion “${subject}”`);
  }
  const text = typeof after['text'] === 'string' ? after['text'] : '';
  if (before !== undefined) return [];
  const mentioned = mentions(text).map(({ userId }) => userId);
  return [
    ...tell(mentioned, 'mention', `mentioned you in the discussion “${subject}”`, excerptOf(text)),
    ...tell(participants, 'discussion', `wrote in the discussion “${subject}”`, excerptOf(text)),
  ];
}

function talkOf(message: AnyRow | undefined, view: ReadView): AnyRow | undefined {
  const id = message?.['discussion'];
  return typeof id === 'string' ? view.get('discussion', id) : undefined;
}
