import { harmlessName } from '#shared/domain/attachments/file-names.ts';
import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import { uploadsOf } from '../../attachments/handlers.ts';
import type { KeptUpload } from '../../attachments/uploads.ts';
import type { EngineContext, Handlers } from '../../context.ts';
import type { Host } from '../../host/host.ts';
import { readDroppedMail } from '../../importing/file-desk.ts';
import { planIncoming } from './plan-incoming.ts';
import type { ReadFile } from './read-mail.ts';
import type { ReadIncoming } from './read-file.ts';
import { takeIncoming } from './take-incoming.ts';

type Names = 'mails.look' | 'mails.take';

/** Files that were looked at and not yet taken; the oldest goes when there are more. */
const MOST_LOOKED_AT = 8;
const SHOWN_TEXT = 4_000;
const desks = new WeakMap<Host, Map<string, ReadIncoming>>();

function deskOf({ whole: { host } }: EngineContext): Map<string, ReadIncoming> {
  const known = desks.get(host);
  if (known !== undefined) return known;
  const made = new Map<string, ReadIncoming>();
  desks.set(host, made);
  return made;
}

/** Puts a mail's files on the disk before its record names them. */
async function keepFiles(context: EngineContext, mailId: string, files: readonly ReadFile[]): Promise<readonly KeptUpload[]> {
  const uploads = uploadsOf(context.whole);
  const kept: KeptUpload[] = [];
  for (const { name, mediaType, bytes } of files) {
    const uploadId = await uploads.begin({ about: refTo('email', mailId), name: harmlessName(name), mediaType, size: bytes.length });
    for (let at = 0; at < bytes.length; at += PART_BYTES) await uploads.part(uploadId, at, bytes.slice(at, at + PART_BYTES));
    const one = await uploads.keep(uploadId);
    if (one !== undefined) kept.push(one);
  }
  return kept;
}

/** Mails and calendar files that are brought in (TCH-09): looked at first, taken in as one change. */
export const incomingHandlers: Handlers<Names> = {
  'mails.look': async (context, { name, bytes }, { signal }) => {
    await context.ready(['email', 'meeting', 'contact', 'user', 'engagement', 'touchpoint']);
    const read = await readDroppedMail(context.host, { name, bytes }, signal);
    const { mail } = read;
    if (mail === undefined && read.entries.length === 0)
      throw new AppError('file', `There is no meeting in ${name}. Export the meeting once more from the calendar that it came from.`);
    const desk = deskOf(context);
    const token = context.host.newId();
    desk.set(token, read);
    for (const old of [...desk.keys()].slice(0, -MOST_LOOKED_AT)) desk.delete(old);
    const { view } = context;
    const { known, entries, places, isSure } = planIncoming(view, read);
    return {
      token,
      ...(known === undefined ? {} : { known: known.id }),
      ...(mail === undefined
        ? {}
        : {
            mail: {
              subject: mail.subject,
              from: mail.from === undefined ? '' : [mail.from.name, mail.from.email].filter((part) => part !== '').join(', '),
              to: [...mail.to, ...mail.cc].map((person) => person.name || person.email).slice(0, 50),
              ...(mail.sentAt === undefined ? {} : { sentAt: mail.sentAt }),
              text: mail.text.slice(0, SHOWN_TEXT),
              files: mail.files.map((file) => file.name),
              isAutomatic: mail.isAutomatic,
            },
          }),
      entries: entries.map(({ entry, deed, meeting }) => ({
        summary: entry.summary,
        startsAt: entry.startsAt,
        endsAt: entry.endsAt,
        deed,
        isRepeated: entry.isRepeated,
        answers: entry.guests
          .flatMap(({ name: called, email, answer }) => (answer === undefined ? [] : [{ who: called || email, answer }]))
          .slice(0, 50),
        ...(meeting === undefined ? {} : { meeting: { id: meeting.id, label: labelOf('meeting', meeting, view) } }),
      })),
      places: [...places],
      isSure,
    };
  },
  'mails.take': async (context, { token, place }, call) => {
    const desk = deskOf(context);
    const read = desk.get(token);
    if (read === undefined) throw new AppError('not-found', 'This file was put away meanwhile. Drop it here once more.');
    const { view, host, settings } = context;
    const [likeliest] = planIncoming(view, read).places;
    const chosen = place ?? likeliest?.ref;
    const at = chosen === undefined ? undefined : parseRef(chosen);
    if (chosen === undefined || at === undefined || view.get(at.table, at.id) === undefined)
      throw new AppError('validation', 'Choose the engagement or touchpoint that it belongs to.', { field: 'place' });
    const mailId = host.newId();
    const files = read.mail?.files ?? [];
    const kept = await keepFiles(context, mailId, files);
    try {
      const { changeSetId, result } = await context.records.run(
        { ...call, label: read.mail === undefined ? 'Bring in a calendar file' : 'Bring in a mail' },
        (draft) =>
          takeIncoming(draft, read, {
            place: chosen,
            mailId,
            files: kept.map(({ facts, kept: { size, sha256 } }) => ({ name: facts.name, mediaType: facts.mediaType, size, sha256 })),
            now: host.now(),
            today: settings().asOf,
          }),
      );
      desk.delete(token);
      const { mail, meetings, answers } = result;
      return { changeSetId, meetings, answers, ...(mail === undefined ? {} : { mail }) };
    } finally {
      for (const { release } of kept) release();
    }
  },
};
