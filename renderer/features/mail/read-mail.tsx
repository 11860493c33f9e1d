import { Button, Group } from '@mantine/core';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { email } from '#shared/model/tables/email.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { recordAddress } from '../../state/addresses.ts';
import { formatInstant } from '../../ui/format.ts';
import { plainText, plainTexts } from '../../ui/record-form/plain-text.ts';
import { Attachments } from '../common/attachments.tsx';
import { useChoiceNames } from '../common/choice-name.tsx';
import { HandOver } from './hand-over.tsx';
import { isLater } from './mail-line.tsx';
import { MailActions } from './mail-actions.tsx';
import { newMailAddress } from './mails-search.ts';
import names from './mail.module.css';

/** What waits and may be sent by another program. */
const HANDED_OVER: ReadonlySet<unknown> = new Set(['queued', 'failed']);

type Refs = Output<'records.get'>['refs'];

/** A mail that is on its way, has gone out or came in: as plain text, whatever it was. */
export function ReadMail({ row, refs }: { readonly row: AnyRow; readonly refs: Refs }) {
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const named = useChoiceNames();
  const outbox = useLive('mails.outbox', {}).data;
  const labels = (...fields: readonly string[]) =>
    fields.flatMap((field) => plainTexts(row[field])).map((each) => refs[each]?.label ?? each);
  const isIncoming = row['direction'] === 'incoming';
  const from = isIncoming
    ? [refs[plainText(row['senderContact'])]?.label, plainText(row['fromAddress'])].filter(Boolean).join(', ')
    : (refs[plainText(row['sender'])]?.label ?? '');
  const when = plainText(row['sentAt']) || plainText(row['queuedAt']);
  const touchpoint = plainText(row['touchpoint']);
  const engagement = plainText(row['engagement']);
  const problem = plainText(row['problem']);
  const lines: readonly (readonly [string, string])[] = [
    ['From', from],
    ['To', [...labels('toContacts', 'toUsers'), ...(isIncoming ? plainTexts(row['otherAddresses']) : [])].join(', ')],
    ['Copy', labels('ccContacts', 'ccUsers').join(', ')],
    ['Blind copy', labels('bccContacts', 'bccUsers').join(', ')],
    ['Goes out', isLater(row) ? `${formatInstant(plainText(row['sendAt']), timeZone)}; take it back to change that` : ''],
    ['State', `${named(email.fields.state, row['state']) ?? ''}${when === '' ? '' : `, ${formatInstant(when, timeZone)}`}`],
  ];
  return (
    <article aria-label="Mail" className={names.mail}>
      <dl className={names.facts}>
        {lines
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        {(touchpoint !== '' || engagement !== '') && (
          <div>
            <dt>Belongs to</dt>
            <dd>
              {touchpoint !== '' && <a href={recordAddress('touchpoint', touchpoint)}>{refs[touchpoint]?.label}</a>}
              {touchpoint !== '' && engagement !== '' && ' · '}
              {engagement !== '' && <a href={recordAddress('engagement', engagement)}>{refs[engagement]?.label}</a>}
            </dd>
          </div>
        )}
      </dl>
      {problem !== '' && <p className={names.problem}>{problem}</p>}
      <Group gap="xs">
        <MailActions
          row={row}
          way={outbox?.way}
          isElsewhere={outbox?.mails.some((mail) => mail.id === row.id && mail.isElsewhere) === true}
        />
        {HANDED_OVER.has(row['state']) && outbox !== undefined && outbox.way !== 'ready' && row['calendar'] === undefined && (
          <HandOver id={row.id} />
        )}
        {row['state'] !== 'queued' && (
          <Button component="a" href={newMailAddress({ answers: row.id })}>
            {isIncoming ? 'Answer' : 'Write again'}
          </Button>
        )}
      </Group>
      <pre className={names.text}>{plainText(row['body'])}</pre>
      <Attachments about={{ table: 'email', id: row.id }} />
    </article>
  );
}
