import { mentionFinder } from '#shared/domain/mentions/find-mentions.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import { tableOf, type Row } from '#shared/model/dictionary.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Call, CommandMeta, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { refOf } from '../records/refs.ts';

export type DiscussionNames = 'discussions.list' | 'discussions.start' | 'discussions.write' | 'discussions.resolve' | 'discussions.reopen';
type Listed = Output<'discussions.list'>;

const metaOf = (call: Call, label: string): CommandMeta => ({ commandId: call.commandId, actor: call.actor, label, signal: call.signal });

const openFirst = (a: Row<'discussion'>, b: Row<'discussion'>) =>
  Number(a.resolved === true) - Number(b.resolved === true) || (a.createdAt < b.createdAt ? 1 : -1);

function list({ view }: EngineContext, { table, id }: Parsed<'discussions.list'>): Listed {
  const mentions = mentionFinder([...view.all('user')]);
  const found = view.by('discussion', 'about', refTo(table, id)).toSorted(openFirst);
  const discussions = found.map((row): Listed['discussions'][number] => ({
    id: row.id,
    ...(row.number === undefined ? {} : { number: row.number }),
    subject: row.subject,
    startedBy: row.createdBy,
    at: row.createdAt,
    participants: [...row.participants],
    resolved: row.resolved === true,
    ...(row.resolvedAt === undefined ? {} : { resolvedAt: row.resolvedAt }),
    ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
    messages: view
      .by('discussionMessage', 'discussion', row.id)
      .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id < b.id ? -1 : 1))
      .map((message) => ({
        id: message.id,
        at: message.createdAt,
        by: message.createdBy,
        text: message.text,
        mentions: [...mentions(message.text)],
      })),
  }));
  const people = new Set(discussions.flatMap((one) => [one.startedBy, ...one.participants, ...one.messages.map(({ by }) => by)]));
  const refs = Object.fromEntries(
    [...people].flatMap((person) => {
      const user = view.get('user', person);
      return user === undefined ? [] : [[person, refOf('user', user, view)]];
    }),
  );
  return { discussions, refs };
}

function need({ view }: EngineContext, id: string): Row<'discussion'> {
  const found = view.get('discussion', id);
  if (found === undefined)
    throw new AppError('not-found', 'This discussion does not exist any more.', { table: 'discussion', recordId: id });
  return found;
}

async function start(context: EngineContext, { table, id, subject, participants, text }: Parsed<'discussions.start'>, call: Call) {
  const { changeSetId, result } = await context.records.run(metaOf(call, 'Start a discussion'), (draft) => {
    // someone whose name is not set takes part too, but there is nobody to name
    const starter = draft.view.get('user', call.actor) === undefined ? [] : [call.actor];
    const all = [...new Set([...starter, ...participants])];
    if (all.length === 0) {
      const wayOut = 'Name at least one person.';
      throw new AppError('validation', 'A discussion needs someone to talk to.', { table: 'discussion', field: 'participants', wayOut });
    }
    const discussion = draft.create('discussion', { subject, about: refTo(table, id), participants: all });
    draft.create('discussionMessage', { discussion, text });
    return { id: discussion, number: draft.view.get('discussion', discussion)?.number };
  });
  return { changeSetId, id: result.id, ...(result.number === undefined ? {} : { number: result.number }) };
}

async function write(context: EngineContext, { id, text }: Parsed<'discussions.write'>, call: Call) {
  const { resolved, participants } = need(context, id);
  if (resolved === true)
    throw new AppError('rule', 'This discussion is resolved.', {
      table: 'discussion',
      recordId: id,
      wayOut: 'Take it up again, or start a new one.',
    });
  const { changeSetId, result } = await context.records.run(metaOf(call, 'Write in a discussion'), (draft) => {
    // whoever writes takes part from then on
    const joins = draft.view.get('user', call.actor) !== undefined && !participants.includes(call.actor);
    if (joins) draft.update('discussion', id, { participants: [...participants, call.actor] });
    return draft.create('discussionMessage', { discussion: id, text });
  });
  return { changeSetId, id: result };
}

async function resolve(context: EngineContext, { id, outcome }: Parsed<'discussions.resolve'>, call: Call) {
  const { about, subject, number, resolved } = need(context, id);
  const record = parseRef(about);
  const { changeSetId } = await context.records.run(metaOf(call, 'Resolve a discussion'), (draft) => {
    if (resolved === true) return;
    const words = outcome.trim();
    draft.setSystemFields('discussion', id, { resolved: true, resolvedAt: context.host.now(), outcome: words === '' ? null : words });
    // the record's stream keeps what came of it; a discussion is internal, so it is a work note
    if (record === undefined || tableOf(record.table).fields['workNotes'] === undefined) return;
    const note = `Discussion ${number ?? ''} “${subject}” resolved${words === '' ? '.' : `: ${words}`}`.replace('  ', ' ');
    draft.update(record.table, record.id, { workNotes: note });
  });
  return { changeSetId, id };
}

async function reopen(context: EngineContext, { id }: Parsed<'discussions.reopen'>, call: Call) {
  need(context, id);
  const { changeSetId } = await context.records.run(metaOf(call, 'Take up a discussion again'), (draft) =>
    draft.setSystemFields('discussion', id, { resolved: false, resolvedAt: null }),
  );
  return { changeSetId, id };
}

/** Conversations about records: always internal, ended with an outcome. */
export const discussionHandlers: Handlers<DiscussionNames> = {
  'discussions.list': list,
  'discussions.start': start,
  'discussions.write': write,
  'discussions.resolve': resolve,
  'discussions.reopen': reopen,
};

export const discussionReads: ReadsOf<DiscussionNames> = { 'discussions.list': ['discussion', 'discussionMessage', 'user'] };
