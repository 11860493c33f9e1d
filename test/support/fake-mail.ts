// A way of mails that answers as it is told, and remembers what went out.
import type { MailCall, MailGate, MailKnown, MailOutcome } from '#shared/contract/mail-gate.ts';

export type FakeMail = MailGate & {
  readonly calls: MailCall[];
  /** What the next ones are answered with; after these everything is sent. */
  readonly answers: (MailOutcome | Error)[];
  readonly knows: Map<string, MailKnown>;
};

export function fakeMail(): FakeMail {
  const calls: MailCall[] = [];
  const answers: (MailOutcome | Error)[] = [];
  const knows = new Map<string, MailKnown>();
  return {
    calls,
    answers,
    knows,
    send: async (call) => {
      calls.push(call);
      const answer = answers.shift() ?? { outcome: 'sent' as const, at: '2025-06-11T10:00:00.000Z', refused: [] };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    known: async (id) => knows.get(id) ?? { outcome: 'none' },
  };
}
