import type { Output } from '#shared/contract/engine-contract.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { email } from '#shared/model/tables/email.ts';
import { formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { plainText, plainTexts } from '../../ui/record-form/plain-text.ts';
import { useChoiceNames } from '../common/choice-name.tsx';
import { mailAddress } from './mails-search.ts';
import names from './mail.module.css';

type Props = { readonly row: AnyRow; readonly refs: Output<'records.list'>['refs']; readonly timeZone: string };

/** It waits for the time that its writer chose. */
export const isLater = (row: Readonly<Record<string, unknown>>): boolean =>
  row['state'] === 'queued' && typeof row['sendAt'] === 'string' && Date.parse(row['sendAt']) > Date.now();

/** A mail in a list: subject, people, state, when. */
export function MailLine({ row, refs, timeZone }: Props) {
  const named = useChoiceNames();
  const isIncoming = row['direction'] === 'incoming';
  const sender = refs[plainText(row['senderContact'])]?.label ?? plainText(row['fromAddress']);
  const people = isIncoming
    ? `From ${sender}`
    : `To ${
        [...plainTexts(row['toContacts']), ...plainTexts(row['toUsers'])]
          .map((id) => refs[id]?.label ?? '')
          .filter(Boolean)
          .join(', ') || 'nobody yet'
      }`;
  const when = plainText(row['sentAt']) || plainText(row['queuedAt']);
  return (
    <li className={names.line}>
      <a href={mailAddress(row.id)}>
        {row['flagged'] === true && <Icon name="bell" size={12} label="Important" />} {plainText(row['subject'])}
      </a>
      <span className={names.when}>{when === '' ? '' : formatInstant(when, timeZone)}</span>
      <span className={names.who}>{people}</span>
      <span className={names.when}>
        {[
          isLater(row) ? `goes out ${formatInstant(plainText(row['sendAt']), timeZone)}` : '',
          plainText(row['kind']) === 'message' ? '' : named(email.fields.kind, row['kind']),
          named(email.fields.state, row['state']),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}
