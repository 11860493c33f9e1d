import { base64Of, utf8Of } from '../../util/base64.ts';
import { headerLine, oneLine, parameter, peopleWords, textWords } from './header-words.ts';
import { htmlOfText } from './html-of-text.ts';
import type { MailPerson } from './mail-address.ts';
import { quotedPrintable } from './quoted-printable.ts';

/** `content`: its octets in base64, in lines ({@link mailContent}). */
export type MailFile = { readonly name: string; readonly mediaType: string; readonly content: string };

/** How a calendar takes what comes with a mail (RFC 5546). */
export type CalendarPart = { readonly method: string; readonly text: string };

/** A mail as it goes out. Who gets a blind copy stands in no mail. */
export type OutgoingMail = {
  /** With its angle brackets; made once, when the mail is queued. */
  readonly messageId: string;
  /** When it was queued, an instant. */
  readonly date: string;
  readonly from: MailPerson;
  readonly to: readonly MailPerson[];
  readonly cc: readonly MailPerson[];
  readonly subject: string;
  readonly text: string;
  readonly isImportant?: boolean;
  /** Message IDs of the mail that it answers, and of those before it. */
  readonly inReplyTo?: string | undefined;
  readonly references?: readonly string[];
  readonly calendar?: CalendarPart | undefined;
  readonly files?: readonly MailFile[];
  /** Mail programs then open it as a mail that is still to be sent. */
  readonly isUnsent?: boolean;
};

type Part = { readonly headers: readonly string[]; readonly body: string };

const MESSAGE_ID = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,100}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}$/i;
const METHOD = /^[A-Z]{1,20}$/;
/** Lines of base64 (RFC 2045, 6.8). */
const BASE64_LINE = 76;

/** Octets as they stand in a mail. Parts of a multiple of 57 octets may be written one by one and joined by CR LF. */
export function mailContent(bytes: Uint8Array): string {
  return base64Of(bytes, BASE64_LINE);
}

/** Whether a text may stand as a Message-ID in a mail. */
export function isMessageId(text: string): boolean {
  return MESSAGE_ID.test(text) && !text.slice(1, -1).includes('<');
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** An instant as mails write it, in UTC. */
function dateLine(instant: string): string {
  const at = new Date(instant);
  const clock = at.toISOString().slice(11, 19);
  return `Date: ${DAYS[at.getUTCDay()] ?? ''}, ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()} ${clock} +0000`;
}

const textPart = (type: string, text: string): Part => ({
  headers: [`Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: quoted-printable'],
  body: quotedPrintable(text),
});

function filePart({ name, mediaType, content }: MailFile): Part {
  const type = MEDIA_TYPE.test(mediaType) ? mediaType.toLowerCase() : 'application/octet-stream';
  return {
    headers: [
      // a mail within a mail must not be encoded, so it goes as a file like any other
      headerLine('Content-Type', [type.startsWith('message/') || type.startsWith('multipart/') ? 'application/octet-stream' : type]),
      headerLine('Content-Disposition', ['attachment;', ...separated(parameter('filename', name))]),
      'Content-Transfer-Encoding: base64',
    ],
    body: content,
  };
}

const separated = (parts: readonly string[]): readonly string[] => parts.map((part, at) => (at === parts.length - 1 ? part : `${part};`));

/** The sign between parts: in quoted-printable and base64 an equals sign is never followed by an underscore, so no content can hold it. */
function joined(kind: 'alternative' | 'mixed', parts: readonly Part[]): Part {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const boundary = `=_satchel_${kind}`;
  const inside = parts.map(({ headers, body }) => `--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n${body}\r\n`);
  return {
    headers: [`Content-Type: multipart/${kind}; boundary="${boundary}"`],
    body: `${inside.join('')}--${boundary}--`,
  };
}

/** A calendar part that mail programs answer to, and the same as a file for those that do not. */
function calendarParts({ method, text }: CalendarPart): { readonly inline: readonly Part[]; readonly files: readonly MailFile[] } {
  const content = mailContent(utf8Of(text));
  const isOne = text.split('BEGIN:VCALENDAR').length === 2;
  const inline = {
    headers: [
      `Content-Type: text/calendar; charset=utf-8; method=${METHOD.test(method) ? method : 'PUBLISH'}`,
      'Content-Transfer-Encoding: base64',
    ],
    body: content,
  };
  return { inline: isOne ? [inline] : [], files: [{ name: 'invite.ics', mediaType: 'application/ics', content }] };
}

/**
 * A mail in MIME (RFC 5322, 2045–2047, 2231), the same octets for the same mail: text and HTML, a calendar part, files (TCH-04, TCH-05).
 * Control characters of any field become blanks, addresses that could end a header are left out: nothing can bring a header of its own.
 */
export function writeMail(mail: OutgoingMail): Uint8Array<ArrayBuffer> {
  const { from, to, cc, subject, text, calendar, files = [], references = [], inReplyTo } = mail;
  const entry = calendar === undefined ? undefined : calendarParts(calendar);
  const alternative = joined('alternative', [
    textPart('text/plain', text),
    textPart('text/html', htmlOfText(text)),
    ...(entry?.inline ?? []),
  ]);
  const whole = joined('mixed', [alternative, ...[...(entry?.files ?? []), ...files].map(filePart)]);
  const ids = (list: readonly string[]): readonly string[] => list.filter(isMessageId);
  const line = (name: string, words: readonly string[]): readonly string[] => (words.length === 0 ? [] : [headerLine(name, words)]);
  const headers = [
    ...line('From', peopleWords([from])),
    ...line('To', peopleWords(to)),
    ...line('Cc', peopleWords(cc)),
    ...line('Subject', textWords(subject)),
    dateLine(mail.date),
    ...line('Message-ID', ids([oneLine(mail.messageId)])),
    ...line('In-Reply-To', ids(inReplyTo === undefined ? [] : [inReplyTo])),
    ...line('References', ids(references)),
    ...(mail.isImportant === true ? ['Importance: high', 'X-Priority: 1'] : []),
    ...(mail.isUnsent === true ? ['X-Unsent: 1'] : []),
    'MIME-Version: 1.0',
    ...whole.headers,
  ];
  return utf8Of(`${headers.join('\r\n')}\r\n\r\n${whole.body}\r\n`);
}
