import { parseRef } from '#shared/model/any-reference.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Call, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { refOf } from '../records/refs.ts';
import { discussionHandlers, discussionReads, type DiscussionNames } from './discussions.ts';

type Names = 'notices.list' | 'notices.mark' | DiscussionNames;

const newestFirst = (a: Row<'notification'>, b: Row<'notification'>) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1);

function list({ view }: EngineContext, { limit, unreadOnly = false }: Parsed<'notices.list'>, call: Call): Output<'notices.list'> {
  const mine = view.by('notification', 'recipient', call.actor);
  const unread = mine.filter(({ readAt }) => readAt === undefined);
  const shown = (unreadOnly ? unread : mine).toSorted(newestFirst).slice(0, limit);
  const people = new Set(shown.map(({ actor }) => actor));
  return {
    unread: unread.length,
    total: mine.length,
    notices: shown.map(({ id, reason, summary, excerpt, actor, at, readAt, about, discussion }) => {
      const to = parseRef(about);
      return {
        id,
        reason,
        summary,
        ...(excerpt === undefined ? {} : { excerpt }),
        by: actor,
        at,
        unread: readAt === undefined,
        ...(to === undefined ? {} : { about: to }),
        ...(discussion === undefined ? {} : { discussion }),
      };
    }),
    refs: Object.fromEntries(
      [...people].flatMap((id) => {
        const user = view.get('user', id);
        return user === undefined ? [] : [[id, refOf('user', user, view)]];
      }),
    ),
  };
}

async function mark(
  { view, records, host }: EngineContext,
  { ids, read }: Parsed<'notices.mark'>,
  call: Call,
): Promise<{ changed: number }> {
  const mine = view.by('notification', 'recipient', call.actor);
  const wanted = mine.filter(({ id, readAt }) => (readAt === undefined) === read && (ids === undefined || ids.includes(id)));
  if (wanted.length === 0) return { changed: 0 };
  const readAt = read ? host.now() : null;
  // reading is no step of one's work that one would take back
  await records.run({ ...call, label: read ? 'Read notifications' : 'Mark as unread', notUndoable: true }, (draft) => {
    for (const { id } of wanted) draft.update('notification', id, { readAt });
  });
  return { changed: wanted.length };
}

/** What people are told, and what they talk about (REC-43). */
export const noticeHandlers: Handlers<Names> = {
  'notices.list': list,
  'notices.mark': mark,
  ...discussionHandlers,
};

export const noticeReads: ReadsOf<Names> = { 'notices.list': ['notification', 'user', 'setting'], ...discussionReads };
