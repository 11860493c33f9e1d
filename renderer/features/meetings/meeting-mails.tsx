import { Button } from '@mantine/core';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { EMAIL_KINDS, EMAIL_STATES } from '#shared/model/tables/email.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { recordAddress } from '../../state/addresses.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant } from '../../ui/format.ts';
import { plainText, plainTexts } from '../../ui/record-form/plain-text.ts';
import { Section } from '../../ui/section.tsx';
import names from './meetings.module.css';

type Page = Output<'meetings.page'>;
type Props = { readonly row: AnyRow; readonly mails: Page['mails']; readonly outdated: boolean; readonly locked: boolean };
type Kind = 'invitation' | 'cancellation' | 'minutes';

const wordOf = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;

/** What there is to tell: an invitation or its newer version, that it does not take place, its notes. */
function offersFor({ row, mails, outdated }: Omit<Props, 'locked'>): readonly { readonly kind: Kind; readonly label: string }[] {
  const state = row['state'];
  const wasTold = mails.some(({ kind }) => kind === 'invitation');
  return [
    ...(state === 'scheduled' ? [{ kind: 'invitation' as const, label: wasTold ? 'Send an update' : 'Send the invitation' }] : []),
    ...(state === 'cancelled' && wasTold && outdated ? [{ kind: 'cancellation' as const, label: 'Send the cancellation' }] : []),
    ...(plainText(row['notes']) === '' ? [] : [{ kind: 'minutes' as const, label: 'Send the notes' }]),
  ];
}

/** TCH-04: what everyone invited was told by mail, and what they do not know yet. */
export function MeetingMails({ row, mails, outdated, locked }: Props) {
  const { run, busy, error } = useCommand('mails.meeting');
  const { toastSaved } = useUndo();
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const invited = plainTexts(row['contacts']).length + plainTexts(row['users']).length;
  if (row['state'] === 'draft' || (invited === 0 && mails.length === 0)) return null;
  const offers = locked || invited === 0 ? [] : offersFor({ row, mails, outdated });
  return (
    <Section title="Told by mail">
      {error && <Failure failure={error} />}
      {outdated && <p role="note">The meeting has changed since they were told.</p>}
      {mails.length === 0 && <p className={names.quiet}>Nobody was told yet.</p>}
      <ul>
        {mails.map(({ mail, kind, state, at }) => (
          <li key={mail.id} className={names.item}>
            <a href={recordAddress('email', mail.id)}>{wordOf(EMAIL_KINDS, kind)}</a>
            <span className={names.quiet}>
              {wordOf(EMAIL_STATES, state)}
              {at !== undefined && `, ${formatInstant(at, timeZone)}`}
            </span>
          </li>
        ))}
      </ul>
      <div className={names.buttons}>
        {offers.map(({ kind, label }) => (
          <Button
            key={kind}
            size="compact-xs"
            disabled={busy}
            onClick={() =>
              run({ kind, meetings: [row.id] }, ({ changeSetId, mail }) => {
                if (mail !== undefined) toastSaved('The mail waits in the outbox', changeSetId);
              })
            }
          >
            {label}
          </Button>
        ))}
      </div>
    </Section>
  );
}
