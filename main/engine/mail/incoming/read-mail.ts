import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { foldAddress } from '#shared/domain/mail/mail-address.ts';
import { textOfHtml } from '#shared/domain/mail/text-of-html.ts';
import { isMessageId } from '#shared/domain/mail/write-mail.ts';
import { AppError } from '#shared/errors/app-error.ts';

export type ReadPerson = { readonly name: string; readonly email: string };
export type ReadFile = { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** A mail that came in, as plain data. */
export type ReadMail = {
  readonly subject: string;
  readonly from: ReadPerson | undefined;
  readonly to: readonly ReadPerson[];
  readonly cc: readonly ReadPerson[];
  /** An instant; undefined where it says none that can be believed. */
  readonly sentAt: string | undefined;
  readonly messageId: string | undefined;
  /** The mail that it answers first, then those before it. */
  readonly answers: readonly string[];
  readonly text: string;
  readonly files: readonly ReadFile[];
  /** Texts of calendar parts. */
  readonly calendars: readonly string[];
  /** Nobody wrote it: an absence note, a bounce, a list. */
  readonly isAutomatic: boolean;
};

/** `bytes`: of the whole file; `files`: at most so many are kept. */
export const MAIL_LIMITS = {
  bytes: 25 * 2 ** 20,
  files: 100,
  people: 500,
  text: 100_000,
  depth: 30,
  headers: 512 * 1024,
  references: 50,
} as const;

const clean = (text: string | undefined, longest: number): string =>
  (text ?? '')
    .toWellFormed()
    .replaceAll(/[\p{Cc}--[\n\t]]/gv, '')
    .trim()
    .slice(0, longest);
const oneLine = (text: string | undefined, longest = 500): string => clean((text ?? '').replaceAll(/\s+/g, ' '), longest);

function peopleOf(addresses: readonly Address[] | undefined): readonly ReadPerson[] {
  return (addresses ?? [])
    .flatMap((one) => (one.group === undefined ? [one] : one.group))
    .slice(0, MAIL_LIMITS.people)
    .map(({ name, address }) => ({ name: oneLine(name, 200), email: foldAddress(oneLine(address, 320)) }))
    .filter(({ email }) => email.includes('@'));
}

function instantOf(date: string | undefined): string | undefined {
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) return undefined;
  const instant = new Date(time).toISOString();
  return instant.startsWith('19') || instant.startsWith('20') ? instant : undefined;
}

const bytesOf = ({ content }: Attachment): Uint8Array<ArrayBuffer> =>
  typeof content === 'string'
    ? new TextEncoder().encode(content)
    : new Uint8Array(content instanceof Uint8Array ? content.slice().buffer : content);

const isCalendar = ({ mimeType, filename }: Attachment): boolean =>
  mimeType === 'text/calendar' || mimeType === 'application/ics' || /\.ics$/i.test(filename ?? '');

const idsIn = (text: string | undefined): readonly string[] =>
  (text?.match(/<[^<>\s]{1,250}>/g) ?? []).filter(isMessageId).slice(-MAIL_LIMITS.references);

function isAutomatic({ headers }: Email): boolean {
  const value = (name: string): string => headers.find(({ key }) => key === name)?.value.toLowerCase() ?? '';
  const submitted = value('auto-submitted');
  return (
    (submitted !== '' && submitted !== 'no') ||
    ['bulk', 'list', 'junk', 'auto_reply'].includes(value('precedence')) ||
    value('return-path').trim() === '<>' ||
    value('content-type').startsWith('multipart/report')
  );
}

/** Whether these bytes may be a mail at all: a header on top. */
function hasHeader(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4_096));
  return /^(?:\s*From [^\n]*\n)?\s*[!-9;-~]+[ \t]*:/.test(head);
}

/**
 * Reads a mail (.eml) as plain text, people and files. Its HTML is taken apart into text; nothing in it is shown, fetched or run. Throws AppError
 * `file` where it is none, `limit` where it is too large or nested too deep.
 */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  if (bytes.length > MAIL_LIMITS.bytes) throw new AppError('limit', 'This mail is larger than 25 MB. Save its files one by one instead.');
  if (!hasHeader(bytes))
    throw new AppError('file', 'This is not a mail that can be read. Save it as a file (.eml) from your mail program.');
  let mail: Email;
  try {
    mail = await PostalMime.parse(bytes, {
      maxNestingDepth: MAIL_LIMITS.depth,
      maxHeadersSize: MAIL_LIMITS.headers,
      forceRfc822Attachments: true,
    });
  } catch {
    throw new AppError('limit', 'This mail is built in a way that nobody writes one, so it was not read.');
  }
  const html = (): string => (mail.html === undefined ? '' : textOfHtml(mail.html));
  const text = mail.text === undefined || mail.text.trim() === '' ? html() : mail.text.replaceAll('\r\n', '\n');
  const messageId = idsIn(mail.messageId)[0];
  const [from] = peopleOf(mail.from === undefined ? [] : [mail.from]);
  const calendars = mail.attachments.filter(isCalendar);
  return {
    subject: oneLine(mail.subject) || 'Without a subject',
    from,
    to: peopleOf(mail.to),
    cc: peopleOf(mail.cc),
    sentAt: instantOf(mail.date),
    messageId,
    answers: [...new Set([...idsIn(mail.inReplyTo), ...idsIn(mail.references).toReversed()])],
    text: clean(text, MAIL_LIMITS.text),
    files: mail.attachments
      .filter((one) => !isCalendar(one))
      .slice(0, MAIL_LIMITS.files)
      .map((one) => ({ name: oneLine(one.filename ?? '', 200) || 'file', mediaType: one.mimeType.slice(0, 200), bytes: bytesOf(one) })),
    calendars: calendars.map((one) => new TextDecoder().decode(bytesOf(one))),
    isAutomatic: isAutomatic(mail),
  };
}
