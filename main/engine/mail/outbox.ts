import type { MailOutcome } from '#shared/contract/mail-gate.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import type { EngineContext, Touched } from '../context.ts';
import { hashText } from '../records/numbering.ts';
import { composeMail } from './compose-message.ts';
import { readMailSetup, type MailSetup } from './mail-setup.ts';
import { noteOutreach } from './outreach.ts';
import { putInOutbox, type Mail } from './queue-mail.ts';

/** Why nothing leaves just now, for all mails. */
export type OutboxTrouble = { readonly message: string; readonly nextTryAt?: string };

/** The outbox of one engine. */
export type Outbox = {
  /** Sends what is due, one after another. */
  readonly run: () => Promise<void>;
  /** Goes on by itself from now on. Answers how to stop. */
  readonly start: () => () => void;
  /** Something is to be tried at once: a new setup, a person who asks for it. */
  readonly wake: () => void;
  readonly trouble: () => OutboxTrouble | undefined;
  /** Sends a mail again whose outcome nobody knows, because the person says that it did not arrive. */
  readonly again: (id: string) => void;
};

export const OUTBOX_ACTOR = 'system:outbox';
const REST_MS = 200;
const LOOK_MS = 60_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 900_000;
/** A server that says "later" of one mail so often is not waited for any longer: the person decides. */
const MOST_TIMES = 40;

/** When a mail may go: at once, or at the time that its writer chose, by the clock as it is then. Milliseconds. */
const dueAt = ({ sendAt }: Mail): number => (sendAt === undefined ? 0 : Date.parse(sendAt));

const outboxes = new WeakMap<object, Outbox>();

/** The outbox of an engine; it does nothing by itself before it is started. */
export function outboxOf({ whole }: EngineContext): Outbox {
  const known = outboxes.get(whole.host);
  if (known !== undefined) return known;
  const made = createOutbox(whole);
  outboxes.set(whole.host, made);
  return made;
}

function createOutbox(context: EngineContext): Outbox {
  const { host, view, records, feed } = context;
  const again = new Set<string>();
  /** Mails that the server did not want just then: how often, and when they are due again. */
  const delayed = new Map<string, { readonly times: number; readonly dueAt: number }>();
  let trouble: OutboxTrouble | undefined;
  let failures = 0;
  let notBefore = 0;
  let running: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let isStopped = true;
  let isLookedThrough = false;

  const note = (id: string, label: string, set: Readonly<Record<string, unknown>>): Promise<unknown> =>
    records.run({ commandId: host.newId(), actor: OUTBOX_ACTOR, label, notUndoable: true }, (draft) => {
      if (draft.view.get('email', id) !== undefined) draft.setSystemFields('email', id, set);
    });
  const mine = (state: Mail['state']): readonly Mail[] =>
    view.by('email', 'outbox', host.deviceId).filter((mail) => mail.state === state && mail.direction === 'outgoing');
  const announce = (): void => feed.announceDerived(new Set(['derived:outbox']));

  /** What an engine that ended was sending: the host knows how far it came. */
  const lookThrough = async (): Promise<void> => {
    if (isLookedThrough) return;
    for (const mail of mine('sending')) {
      const known = (await host.mail?.known(mail.messageId ?? '')) ?? { outcome: 'unknown' as const };
      if (known.outcome === 'none') await note(mail.id, 'Send a mail again', { state: 'queued' });
      else await keep(mail, known);
    }
    isLookedThrough = true;
  };

  const keep = async ({ id, messageId = '' }: Mail, outcome: MailOutcome): Promise<void> => {
    switch (outcome.outcome) {
      case 'sent': {
        const { at, refused } = outcome;
        const problem = refused.length === 0 ? null : `The mail server refused ${refused.join(', ')}; the others have it.`;
        await records.run({ commandId: host.newId(), actor: OUTBOX_ACTOR, label: 'A mail was sent', notUndoable: true }, (draft) => {
          if (draft.view.get('email', id) === undefined) return;
          draft.setSystemFields('email', id, { state: 'sent', sentAt: at, problem });
          noteOutreach(draft, id, context.settings().asOf);
        });
        return;
      }
      case 'refused':
        await note(id, 'A mail was refused', { state: 'failed', problem: outcome.message });
        return;
      case 'unknown':
        await note(id, 'A mail may have been sent', {
          state: 'uncertain',
          problem: `The connection ended before the mail server answered. Whether it has the mail (Message-ID ${messageId}) nobody here can know.`,
        });
        return;
      case 'later':
        await note(id, 'A mail waits', { state: 'queued', problem: outcome.message });
        return;
      case 'unreached':
      case 'setup':
        await note(id, 'A mail waits', { state: 'queued' });
    }
  };

  /** Longer each time; not everyone comes back in the same second. */
  const pauseAfter = (times: number): number => {
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(times - 1, 12));
    return Math.round(most * (0.5 + (hashText(host.newId()) % 500) / 1000));
  };
  const wait = (message: string, isSetup: boolean): void => {
    failures += 1;
    notBefore = Date.parse(host.now()) + (isSetup ? LONGEST_WAIT_MS : pauseAfter(failures));
    trouble = { message, ...(isSetup ? {} : { nextTryAt: new Date(notBefore).toISOString() }) };
  };

  /** One mail: on disk before and after. Answers whether the next one may be tried. */
  const sendOne = async (mail: Mail, setup: MailSetup): Promise<boolean> => {
    const { id, messageId } = mail;
    const { mail: gate } = host;
    if (gate === undefined || messageId === undefined) return false;
    let composed;
    try {
      composed = await composeMail(context, mail, setup.from);
    } catch (thrown) {
      await note(id, 'A mail cannot be sent', { state: 'failed', problem: toErrorShape(thrown).message });
      return true;
    }
    await note(id, 'Send a mail', { state: 'sending' });
    const { server, password } = setup;
    let outcome: MailOutcome;
    try {
      outcome = await gate.send({ server, password, messageId, from: setup.from.email, ...composed, again: again.has(id) });
    } catch (thrown) {
      // the host did not try, or is gone: then it knows, the next time
      const { code, message } = toErrorShape(thrown);
      if (code === 'storage') {
        isLookedThrough = false;
        wait(message, false);
        return false;
      }
      outcome = { outcome: 'setup', message };
    }
    again.delete(id);
    host.log({ event: 'mail-tried', outcome: outcome.outcome });
    if (outcome.outcome === 'later') {
      const times = (delayed.get(id)?.times ?? 0) + 1;
      delayed.set(id, { times, dueAt: Date.parse(host.now()) + pauseAfter(times) });
      if (times >= MOST_TIMES) outcome = { ...outcome, outcome: 'refused' };
    }
    await keep(mail, outcome);
    if (outcome.outcome === 'unreached' || outcome.outcome === 'setup') {
      wait(outcome.message, outcome.outcome === 'setup');
      return false;
    }
    failures = 0;
    trouble = undefined;
    return true;
  };

  const sendDue = async (): Promise<void> => {
    await context.ready(['email', 'contact', 'user', 'attachment']);
    await lookThrough();
    if (host.mail === undefined || Date.parse(host.now()) < notBefore) return;
    const setup = await readMailSetup(host);
    if (setup === undefined) return;
    for (;;) {
      const now = Date.parse(host.now());
      const due = mine('queued').filter((mail) => (delayed.get(mail.id)?.dueAt ?? 0) <= now && dueAt(mail) <= now);
      const [next] = due.toSorted((a, b) => ((a.queuedAt ?? '') < (b.queuedAt ?? '') ? -1 : 1));
      if (next === undefined || !(await sendOne(next, setup))) return;
    }
  };

  const run = (): Promise<void> => {
    running ??= sendDue()
      .catch((thrown: unknown) => {
        host.log({ event: 'outbox-failed', code: toErrorShape(thrown).code });
        wait(toErrorShape(thrown).message, false);
      })
      .finally(() => {
        running = undefined;
        announce();
      });
    return running;
  };
  const soon = (milliseconds: number): void => {
    if (isStopped) return;
    cancel?.();
    cancel = host.later(milliseconds, () => void run().then(() => soon(pauseNow())));
  };
  /** Until something is due again, and now and then anyway: timers stand still while the machine sleeps. */
  const pauseNow = (): number => {
    const now = Date.parse(host.now());
    const due = [notBefore, ...[...delayed.values()].map((one) => one.dueAt), ...mine('queued').map(dueAt)].filter((at) => at > now);
    return Math.min(LOOK_MS, Math.max(REST_MS, Math.min(...due, now + LOOK_MS) - now));
  };

  /** A mail that was set to wait in another way than by Send (a form, a bulk change) belongs to the device where that was done. */
  const claim = async ({ rows, kind }: Touched): Promise<void> => {
    if (kind === 'sync') return;
    for (const id of rows.get('email') ?? []) {
      const mail = view.get('email', id);
      if (mail?.state !== 'queued' || mail.direction !== 'outgoing' || mail.outbox !== undefined) continue;
      const by = { actor: mail.updatedBy, device: host.deviceId, now: host.now() };
      await records.run(
        { commandId: host.newId(), actor: OUTBOX_ACTOR, label: 'Take a mail into the outbox', notUndoable: true },
        (draft) => {
          if (draft.view.get('email', id)?.state === 'queued') putInOutbox(draft, by, id);
        },
      );
    }
  };

  return {
    run,
    start: () => {
      isStopped = false;
      const stopFeed = feed.subscribe((touched) => {
        if (!touched.rows.has('email')) return;
        void claim(touched).catch(() => host.log({ event: 'mail-not-claimed' }));
        soon(REST_MS);
      });
      soon(REST_MS);
      return () => {
        isStopped = true;
        stopFeed();
        cancel?.();
      };
    },
    wake: () => {
      delayed.clear();
      notBefore = 0;
      failures = 0;
      soon(0);
    },
    trouble: () => trouble,
    again: (id) => void again.add(id),
  };
}

/** A mail whose outcome is open, here or on a device that may be gone. Throws AppError `rule` for any other. */
export function needOpenOutcome(mail: Mail, device: string): void {
  if (mail.state === 'uncertain' || mail.state === 'failed' || mail.state === 'queued') return;
  if (mail.state === 'sending' && mail.outbox !== device) return;
  throw new AppError('rule', `“${mail.subject}” waits for nothing.`, { rule: 'TCH-05', table: 'email', recordId: mail.id });
}
