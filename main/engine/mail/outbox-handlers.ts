import { harmlessName } from '#shared/domain/attachments/file-names.ts';
import { labelOfId } from '#shared/domain/labels/record-label.ts';
import type { MailPerson } from '#shared/domain/mail/mail-address.ts';
import { writeMail } from '#shared/domain/mail/write-mail.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Call, Draft, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { composeMail } from './compose-message.ts';
import { forgetMailSetup, keepMailSetup, readMailSetup } from './mail-setup.ts';
import { needOpenOutcome, outboxOf } from './outbox.ts';
import { noteOutreach } from './outreach.ts';
import { mailById, putInOutbox, senderOf, type Mail } from './queue-mail.ts';

type Names = 'mails.outbox' | 'mails.setup' | 'mails.keepSetup' | 'mails.tryOut' | 'mails.sendNow' | 'mails.settle' | 'mails.file';

const OPEN: ReadonlySet<unknown> = new Set(['queued', 'sending', 'uncertain', 'failed']);
const NEEDS_PERSON: ReadonlySet<unknown> = new Set(['uncertain', 'failed']);
const SHOWN = 200;

function shown({ view, host }: EngineContext, mail: Mail) {
  const { id, rev, subject, state = 'draft', kind = 'message', queuedAt, sendAt, problem, toContacts = [], toUsers = [] } = mail;
  return {
    id,
    rev,
    subject,
    state,
    kind,
    to: [...toContacts.map((each) => labelOfId('contact', each, view)), ...toUsers.map((each) => labelOfId('user', each, view))],
    ...(queuedAt === undefined ? {} : { queuedAt }),
    ...(sendAt === undefined || sendAt <= host.now() ? {} : { sendAt }),
    ...(problem === undefined ? {} : { problem }),
    isElsewhere: mail.outbox !== undefined && mail.outbox !== host.deviceId,
  };
}

/** The caller as a sender, for a mail that leaves as a file before anything is set up. */
function ownAddress({ view }: EngineContext, user: string | undefined): MailPerson {
  const row = user === undefined ? undefined : view.get('user', user);
  return { name: row?.name ?? '', email: row?.email ?? '' };
}

function settle(
  context: EngineContext,
  draft: Draft,
  call: Call,
  { id, as }: { readonly id: string; readonly as: 'sent' | 'again' | 'here' },
): void {
  const mail = mailById(draft.view, id);
  needOpenOutcome(mail, context.host.deviceId);
  if (as === 'sent') {
    draft.setSystemFields('email', id, { state: 'sent', sentAt: context.host.now(), problem: null });
    noteOutreach(draft, id, context.settings().asOf);
    return;
  }
  if (mail.state === 'uncertain' || mail.state === 'sending') draft.update('email', id, { state: 'failed' });
  putInOutbox(draft, senderOf(context, call), id);
  if (as === 'again') outboxOf(context).again(id);
}

const LABELS = { sent: 'Mark a mail as sent', again: 'Send a mail again', here: 'Send a mail from here' } as const;

/** The outbox of this device, its setup, and mails as files (TCH-05). */
export const outboxHandlers: Handlers<Names> = {
  'mails.outbox': async (context) => {
    const { view, host } = context;
    const open = [...view.all('email')].filter(({ state, direction }) => direction === 'outgoing' && OPEN.has(state));
    const setup = host.mail === undefined ? undefined : await readMailSetup(host);
    const trouble = outboxOf(context).trouble();
    return {
      way: host.mail === undefined ? 'none' : setup === undefined ? 'not-set-up' : 'ready',
      ...(trouble === undefined
        ? {}
        : { problem: trouble.message, ...(trouble.nextTryAt === undefined ? {} : { nextTryAt: trouble.nextTryAt }) }),
      mails: open
        .toSorted((a, b) => ((a.queuedAt ?? '') < (b.queuedAt ?? '') ? -1 : 1))
        .slice(0, SHOWN)
        .map((mail) => shown(context, mail)),
      waiting: open.filter(({ state }) => !NEEDS_PERSON.has(state)).length,
      later: open.filter(({ state, sendAt }) => state === 'queued' && sendAt !== undefined && sendAt > host.now()).length,
      needsPerson: open.filter(({ state }) => NEEDS_PERSON.has(state)).length,
    };
  },
  'mails.setup': async (context, _input, { actor }) => {
    const { host } = context;
    const kept = await readMailSetup(host);
    return {
      canSend: host.mail !== undefined,
      suggested: ownAddress(context, actor),
      ...(kept === undefined
        ? {}
        : {
            setup: {
              host: kept.server.host,
              port: kept.server.port,
              security: kept.server.security,
              user: kept.server.user ?? '',
              hasPassword: kept.password !== undefined,
              ...kept.from,
            },
          }),
    };
  },
  'mails.keepSetup': async (context, { setup }) => {
    const { host, feed } = context.whole;
    if (setup === undefined) await forgetMailSetup(host);
    else {
      const { host: name, port, security, user, password, name: called, email } = setup;
      const server = { host: name.trim(), port, security, ...(user.trim() === '' ? {} : { user: user.trim() }) };
      const secret = password === undefined || password === '' ? {} : { password };
      await keepMailSetup(host, { server, from: { name: called.trim(), email: email.trim() }, ...secret });
    }
    feed.announceDerived(new Set(['derived:outbox']));
    outboxOf(context).wake();
    return {};
  },
  'mails.tryOut': async ({ host }) => {
    const setup = await readMailSetup(host);
    if (setup === undefined || host.mail === undefined)
      throw new AppError('not-found', 'No mail server is set up yet. Fill in the form and save it first.');
    const messageId = `<${host.newId()}@satchel.invalid>`;
    const { from, server, password } = setup;
    const message = writeMail({
      messageId,
      date: host.now(),
      from,
      to: [from],
      cc: [],
      subject: 'Satchel can send mails',
      text: 'This mail was sent by Satchel to see whether its mail settings work. They do.',
    });
    const outcome = await host.mail.send({ server, password, messageId, from: from.email, to: [from.email], message });
    switch (outcome.outcome) {
      case 'sent':
        return {
          isSent: outcome.refused.length === 0,
          message: `The mail server has taken it. It is on its way to ${from.email}.`,
          to: from.email,
        };
      case 'unknown':
        return { isSent: false, message: 'The connection ended before the mail server answered. Look into your mailbox.', to: from.email };
      case 'refused':
      case 'later':
      case 'unreached':
      case 'setup':
        return { isSent: false, message: outcome.message, to: from.email };
    }
  },
  'mails.sendNow': (context) => {
    outboxOf(context).wake();
    return {};
  },
  'mails.settle': async (context, input, call) => {
    const { changeSetId, result } = await context.records.run({ ...call, label: LABELS[input.as] }, (draft) => {
      settle(context, draft, call, input);
      return { id: input.id, number: draft.view.get('email', input.id)?.number ?? '' };
    });
    return { changeSetId, ...result };
  },
  'mails.file': async (context, { id }, { actor }) => {
    const mail = mailById(context.view, id);
    const setup = await readMailSetup(context.host);
    const from = setup?.from ?? ownAddress(context, mail.sender ?? actor);
    const { message } = await composeMail(context, mail, from, mail.direction === 'outgoing' && mail.state !== 'sent');
    return { fileName: harmlessName(`${mail.subject}.eml`), bytes: message };
  },
};

export const outboxReads: ReadsOf<Names> = {
  'mails.outbox': ['email', 'contact', 'user', 'derived:outbox'],
  'mails.setup': ['derived:outbox', 'user'],
};
