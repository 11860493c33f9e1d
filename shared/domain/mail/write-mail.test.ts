import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { utf8Of } from '../../util/base64.ts';
import { isMailAddress } from './mail-address.ts';
import { isMessageId, mailContent, writeMail, type OutgoingMail } from './write-mail.ts';

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const simple: OutgoingMail = {
  messageId: '<one@satchel.invalid>',
  date: '2025-06-11T09:05:00.000Z',
  from: { name: 'Kim', email: 'kim@example.com' },
  to: [{ name: 'Ann', email: 'ann@acme.example' }],
  cc: [],
  subject: 'Our review',
  text: 'Hello Ann,\n\nsee https://example.com/a?b=1&c=2.\nKim',
};
/** What a mail is to look like after its way: one line, no control characters, single blanks. */
const seen = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', 'B', ' ', '\r', '\n', '"', '\\', ',', '<', '>', '=?', '?=', ':', 'ü', '漢', '🙂', '\0'),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
  maxLength: 120,
});

test('TCH-05 a mail reads as it was written: text, HTML, people, date', async () => {
  const bytes = writeMail({
    ...simple,
    cc: [{ name: 'Böhm, Ada "A."', email: 'ada@acme.example' }],
    isImportant: true,
    inReplyTo: '<before@x>',
    references: ['<first@x>', '<before@x>'],
  });
  const mail = await PostalMime.parse(bytes);
  expect(mail.from).toMatchObject({ name: 'Kim', address: 'kim@example.com' });
  expect(mail.to).toMatchObject([{ name: 'Ann', address: 'ann@acme.example' }]);
  expect(mail.cc).toMatchObject([{ name: 'Böhm, Ada "A."', address: 'ada@acme.example' }]);
  expect([mail.subject, mail.messageId, mail.inReplyTo, mail.references]).toEqual([
    'Our review',
    '<one@satchel.invalid>',
    '<before@x>',
    '<first@x> <before@x>',
  ]);
  expect(new Date(mail.date ?? '').toISOString()).toBe(simple.date);
  expect(mail.text?.replaceAll('\r\n', '\n').trim()).toBe(simple.text);
  expect(mail.html).toContain('<a href="https://example.com/a?b=1&amp;c=2">');
  expect(decode(bytes)).toContain('Importance: high');
  expect(writeMail(simple)).toEqual(writeMail(simple));
});

test('TCH-04 an invitation lies in the mail as a calendar part and as a file', async () => {
  const text = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';
  const bytes = writeMail({ ...simple, calendar: { method: 'REQUEST', text } });
  expect(decode(bytes)).toContain('Content-Type: text/calendar; charset=utf-8; method=REQUEST');
  const { attachments } = await PostalMime.parse(bytes);
  expect(attachments.map(({ mimeType }) => mimeType)).toEqual(['text/calendar', 'application/ics']);
  for (const { content } of attachments)
    expect(decode(new Uint8Array(content as ArrayBuffer)).replaceAll('\r', '')).toBe(text.replaceAll('\r', ''));
});

test('TCH-05 files come through octet by octet, whatever they are called', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), anyText, async (content, name) => {
      const file = { name, mediaType: 'application/pdf', content: mailContent(content) };
      const [found] = (await PostalMime.parse(writeMail({ ...simple, files: [file] }))).attachments;
      expect(new Uint8Array(found?.content as ArrayBuffer)).toEqual(new Uint8Array(content));
      expect(found?.filename ?? '').toBe(seen(name));
    }),
    { numRuns: 60 },
  );
});

test('TCH-05 no subject, name or text brings a header of its own, and each reads as it was typed', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, async (subject, name, text) => {
      const bytes = writeMail({
        ...simple,
        subject,
        text,
        to: [{ name, email: 'ann@acme.example' }],
        from: { name: subject, email: 'kim@example.com' },
      });
      const mail = await PostalMime.parse(bytes);
      expect(mail.headers.map(({ key }) => key)).toEqual([
        'from',
        'to',
        ...(seen(subject) === '' ? [] : ['subject']),
        'date',
        'message-id',
        'mime-version',
        'content-type',
      ]);
      expect(mail.subject ?? '').toBe(seen(subject));
      expect(mail.to).toMatchObject([{ name: seen(name), address: 'ann@acme.example' }]);
      for (const line of decode(bytes).split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(78);
        expect(line).toMatch(/^[\t\x20-\x7e]*$/);
      }
    }),
    { numRuns: 150 },
  );
});

test('TCH-05 a text of any letters comes through', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '=', 'é', '漢', '🙂', '.', '\t'), maxLength: 300 }),
      async (text) => {
        const mail = await PostalMime.parse(writeMail({ ...simple, text }));
        expect((mail.text ?? '').replaceAll('\r\n', '\n').replace(/\n+$/, '')).toBe(text.replace(/\n+$/, ''));
      },
    ),
    { numRuns: 80 },
  );
});

describe('TCH-05 addresses that a mail may go to', () => {
  test.each(['kim@example.com', "o'hara+x@sub.example.co", 'a@localhost'])('%s', (email) => expect(isMailAddress(email)).toBe(true));
  test.each([
    '',
    '@x',
    'a@',
    'a b@x.y',
    'a@x.y\r\nBcc: b@x.y',
    'a@x.y>,<b@x.y',
    '"a"@x.y',
    'ä@x.y',
    'a@ä.y',
    'a..b@x.y',
    'a@-x.y',
    `${'a'.repeat(65)}@x.y`,
  ])('not %j', (email) => {
    expect(isMailAddress(email)).toBe(false);
    const mail = decode(writeMail({ ...simple, to: [{ name: 'B', email }] }));
    expect(mail).not.toMatch(/^(To|Bcc):/m);
  });
});

test('TCH-05 only what is one Message-ID stands as one', () => {
  expect(isMessageId('<a@b>')).toBe(true);
  for (const wrong of ['a@b', '<a@b> <c@d>', '<a\r\n@b>', '<>', '<ä@b>', '<a<b@c>']) expect(isMessageId(wrong)).toBe(false);
  expect(utf8Of('aé漢🙂')).toEqual(new TextEncoder().encode('aé漢🙂'));
});
