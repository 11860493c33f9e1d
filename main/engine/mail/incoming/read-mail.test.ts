import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOfHtml } from '#shared/domain/mail/text-of-html.ts';
import { writeMail } from '#shared/domain/mail/write-mail.ts';
import { utf8Of } from '#shared/util/base64.ts';
import { fixturePath, sharedPath } from '../../../../test/support/shared-data.ts';
import { MAIL_LIMITS, readMail } from './read-mail.ts';

const folder = sharedPath('data', 'eml');
const fixtures = fixturePath('mail');
const mailsIn = (where: string): readonly string[] =>
  readdirSync(where)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => join(where, name));
const read = (path: string) => readMail(new Uint8Array(readFileSync(path)));

/** Of the RFC's own examples: who wrote, what about, which Message-ID, which mail it answers, when. */
const ANSWERS: Readonly<Record<string, readonly [string, string, string, string | undefined, string]>> = {
  'rfc2822__example01.eml': ['jdoe@machine.example', 'Saying Hello', '<1234@local.machine.example>', undefined, '1997-11-21T15:55:06.000Z'],
  'rfc2822__example02.eml': ['jdoe@machine.example', 'Saying Hello', '<1234@local.machine.example>', undefined, '1997-11-21T15:55:06.000Z'],
  'rfc2822__example03.eml': [
    'john.q.public@example.com',
    'Without a subject',
    '<5678.21-Nov-1997@example.com>',
    undefined,
    '2003-07-01T08:52:37.000Z',
  ],
  'rfc2822__example04.eml': [
    'pete@silly.example',
    'Without a subject',
    '<testabcd.1234@silly.example>',
    undefined,
    '1969-02-14T03:02:54.000Z',
  ],
  'rfc2822__example05.eml': ['jdoe@machine.example', 'Saying Hello', '<1234@local.machine.example>', undefined, '1997-11-21T15:55:06.000Z'],
  'rfc2822__example06.eml': [
    'mary@example.net',
    'Re: Saying Hello',
    '<3456@example.net>',
    '<1234@local.machine.example>',
    '1997-11-21T16:01:10.000Z',
  ],
};

describe('TCH-09 mails with known answers', () => {
  test.each(Object.entries(ANSWERS))('%s', async (name, [from, subject, messageId, answers, sentAt]) => {
    const mail = await read(join(fixtures, name));
    expect([mail.from?.email, mail.subject, mail.messageId, mail.answers[0], mail.sentAt]).toEqual([
      from,
      subject,
      messageId,
      answers,
      sentAt,
    ]);
  });

  test('a group of addresses is its members; a date that cannot be is none', async () => {
    const mail = await read(join(fixtures, 'rfc2822__example04.eml'));
    expect(mail.to.map(({ email }) => email)).toEqual(['c@a.test', 'joe@where.test', 'jdoe@one.test']);
    expect((await read(join(fixtures, 'plain_emails__raw_email_bad_time.eml'))).sentAt).toBeUndefined();
  });
});

test.skipIf(folder === undefined)(
  'TCH-09 every mail that real mailers produced is read, with a sender and a text, or refused in words',
  async () => {
    const files = mailsIn(folder ?? '');
    expect(files.length).toBeGreaterThan(30);
    for (const path of files) {
      const mail = await read(path);
      expect([path, mail.text.length + mail.files.length > 0]).toEqual([path, true]);
      // what is shown holds nothing that a screen or a log would act on
      expect(`${mail.subject}${mail.text}`).not.toMatch(/[\p{Cc}--[\n\t]]/v);
    }
    const known = async (name: string) => read(files.find((path) => path.endsWith(name)) ?? '');
    expect((await known('partially_quoted_subject.eml')).subject).toBe('Re: Test: "漢字" mid "漢字" tail');
    expect((await known('plain_emails__raw_email.eml')).subject).toContain('한국말로 하는 것');
    expect((await known('raw_email_with_bad_date.eml')).from).toMatchObject({ name: 'Darrell Shaw' });
    expect((await known('raw_email_reply.eml')).answers).not.toEqual([]);
  },
);

test('TCH-09 what goes out comes in unchanged', async () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'B', ' ', 'é', '漢', '🙂', ',', '"', '.', '-', '\n'),
    minLength: 1,
    maxLength: 80,
  });
  const single = letters.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '');
  await fc.assert(
    fc.asyncProperty(single, single, letters, async (subject, name, text) => {
      const bytes = writeMail({
        messageId: '<a@b.c>',
        date: '2025-06-11T09:05:00.000Z',
        from: { name, email: 'kim@example.com' },
        to: [{ name, email: 'ann@acme.example' }],
        cc: [],
        subject,
        text,
        inReplyTo: '<before@b.c>',
      });
      const mail = await readMail(bytes);
      expect(mail).toMatchObject({ subject, messageId: '<a@b.c>', answers: ['<before@b.c>'], sentAt: '2025-06-11T09:05:00.000Z' });
      expect([mail.from, mail.to]).toEqual([{ name, email: 'kim@example.com' }, [{ name, email: 'ann@acme.example' }]]);
      expect(mail.text).toBe(text.trim());
    }),
    { numRuns: 60 },
  );
});

describe('TCH-09 hostile mails do no harm', () => {
  const header = 'From: a@b.c\r\nSubject: x\r\n';
  const nested = (depth: number): string => {
    let body = 'inside';
    for (let at = 0; at < depth; at += 1)
      body = `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n${body}\r\n--b${at}--\r\n`;
    return `${header}${body}`;
  };

  test('one that is nested without end, has endless headers or is too large is refused', async () => {
    await expect(readMail(utf8Of(nested(200)))).rejects.toMatchObject({ code: 'limit' });
    await expect(readMail(utf8Of(`${header}${`X-A: ${'y'.repeat(900)}\r\n`.repeat(2_000)}\r\nz`))).rejects.toMatchObject({ code: 'limit' });
    await expect(readMail(new Uint8Array(MAIL_LIMITS.bytes + 1))).rejects.toMatchObject({ code: 'limit' });
    await expect(readMail(utf8Of('just a text'))).rejects.toMatchObject({ code: 'file' });
    await expect(readMail(new Uint8Array(0))).rejects.toMatchObject({ code: 'file' });
  });

  test('HTML becomes text: no script, no picture, no address of one', async () => {
    const html =
      '<style>p{}</style><p>Hello &amp; <b>bye</b></p><script>alert(1)</script><img src="https://spy.example/x.png"><a href="javascript:1">link</a><svg onload=1><text>x</text></svg>';
    const mail = await readMail(utf8Of(`${header}Content-Type: text/html\r\n\r\n${html}`));
    expect(mail.text).toBe('Hello & bye\nlink');
  });

  test('names of files keep to themselves, and there are only so many', async () => {
    const part = '--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="../../etc/passwd"\r\n\r\nx\r\n';
    const mail = await readMail(utf8Of(`${header}Content-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(300)}--b--\r\n`));
    expect(mail.files).toHaveLength(MAIL_LIMITS.files);
  });

  test('any bytes are read or refused in words, soon', async () => {
    const pieces = fc.constantFrom(
      'From: ',
      '<',
      '>',
      '=?utf-8?B?',
      '?=',
      '\r\n',
      '\n',
      ' ',
      'boundary="',
      '--',
      'Content-Type: multipart/mixed; ',
      'a',
      ';',
      '"',
      '&#',
      '\u0000',
      'é',
      '<!--',
      '<script',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 120 }), async (parts) => {
        const text = parts.join('');
        expect(typeof textOfHtml(text)).toBe('string');
        const result = await readMail(utf8Of(`From: a@b.c\r\n${text}`)).catch((error: unknown) => error);
        expect(result).toSatisfy((one) => typeof one === 'object' && one !== null && ('text' in one || 'code' in one));
      }),
      { numRuns: 300 },
    );
    const start = performance.now();
    textOfHtml('<script'.repeat(200_000));
    textOfHtml('<script>'.repeat(200_000));
    textOfHtml('&#'.repeat(500_000));
    await readMail(utf8Of(`${header}\r\n${'=?utf-8?B?'.repeat(100_000)}`));
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('a note that nobody wrote is told apart', async () => {
    for (const line of [
      'Auto-Submitted: auto-replied',
      'Precedence: bulk',
      'Return-Path: <>',
      'Content-Type: multipart/report; boundary=x',
    ])
      expect((await readMail(utf8Of(`${header}${line}\r\n\r\nx`))).isAutomatic).toBe(true);
    expect((await readMail(utf8Of(`${header}\r\nx`))).isAutomatic).toBe(false);
  });
});
