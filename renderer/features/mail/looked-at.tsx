import { Button, Group, Radio } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLookup } from '../../data/use-lookup.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant, plural } from '../../ui/format.ts';
import type { Reference } from '../../ui/reference.ts';
import { ReferencePicker } from '../../ui/reference-picker.tsx';
import { mailAddress } from './mails-search.ts';
import names from './mail.module.css';

type Look = Output<'mails.look'>;
type Entry = Look['entries'][number];
const ELSEWHERE = 'elsewhere';
const ANSWER_WORDS = { accepted: 'comes', tentative: 'perhaps comes', declined: 'does not come' } as const;

/** What taking it in does to a meeting, in words. */
function entryWords({ deed, summary, answers, meeting }: Entry): string {
  const name = meeting?.label ?? summary;
  switch (deed) {
    case 'add':
      return `Adds the meeting “${summary}”`;
    case 'change':
      return `Changes the meeting “${name}”`;
    case 'cancel':
      return `Cancels the meeting “${name}”`;
    case 'answer':
      return `Answers to “${name}”: ${answers.map(({ who, answer }) => `${who} ${ANSWER_WORDS[answer]}`).join(', ') || 'nobody said anything'}`;
    case 'known':
      return `“${name}” is here as it is, or newer`;
    case 'nothing':
      return `“${summary}” is not among the meetings here`;
  }
}

function Entries({ entries }: { entries: Look['entries'] }) {
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  if (entries.length === 0) return null;
  return (
    <ul aria-label="Meetings" className={names.list}>
      {entries.map((entry) => (
        <li key={`${entry.summary} ${entry.startsAt} ${entry.deed}`} className={names.line}>
          <span>
            {entryWords(entry)}
            {entry.isRepeated && entry.deed === 'add' ? ' (it comes again: only the first is taken)' : ''}
          </span>
          <span className={names.when}>{formatInstant(entry.startsAt, timeZone)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What was dropped, where it belongs, what it would do; and the button that does it. */
export function LookedAt({ look, left, onDone }: { readonly look: Look; readonly left: number; readonly onDone: () => void }) {
  const { mail, entries, places, isSure, token, known } = look;
  const take = useCommand('mails.take');
  const lookup = useLookup();
  const { toastSaved } = useUndo();
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const [chosen, setChosen] = useState(isSure ? (places[0]?.ref ?? '') : places.length === 0 ? ELSEWHERE : '');
  const [elsewhere, setElsewhere] = useState<Reference>();
  const box = useRef<HTMLDivElement>(null);
  const place = chosen === ELSEWHERE ? elsewhere && `engagement/${elsewhere.id}` : chosen === '' ? undefined : chosen;
  useEffect(() => box.current?.focus(), []);
  const run = () => {
    if (place === undefined) return;
    take.run({ token, place }, ({ changeSetId, meetings, answers }) => {
      const words = [
        mail === undefined ? '' : 'the mail',
        meetings === 0 ? '' : plural(meetings, 'meeting'),
        answers === 0 ? '' : plural(answers, 'answer'),
      ].filter(Boolean);
      toastSaved(`Taken in: ${words.join(', ') || 'nothing new'}`, changeSetId);
      onDone();
    });
  };
  return (
    <div ref={box} tabIndex={-1} data-autofocus role="group" aria-label={mail?.subject ?? 'Calendar file'} className={names.form}>
      {take.error && <Failure failure={take.error} />}
      {mail && (
        <dl className={names.facts}>
          {[
            ['Subject', mail.subject],
            ['From', mail.from],
            ['To', mail.to.join(', ')],
            ['Sent', mail.sentAt === undefined ? '' : formatInstant(mail.sentAt, timeZone)],
            ['Files', mail.files.join(', ')],
          ]
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      )}
      {mail && mail.text !== '' && <pre className={names.preview}>{mail.text}</pre>}
      {mail?.isAutomatic === true && <p className={names.quiet}>Nobody wrote this by hand, so it does not count as an answer.</p>}
      <Entries entries={entries} />
      {known !== undefined && (
        <p>
          This mail is here already. <a href={mailAddress(known)}>Open it</a>
        </p>
      )}
      {known === undefined && (
        <Radio.Group label="Where it belongs" value={chosen} onChange={setChosen}>
          <div className={names.choices}>
            {places.map(({ ref, label, type, reason }) => (
              <Radio key={ref} value={ref} size="xs" label={`${type}: ${label}`} description={reason} />
            ))}
            <Radio value={ELSEWHERE} size="xs" label="Another engagement" />
          </div>
        </Radio.Group>
      )}
      {known === undefined && chosen === ELSEWHERE && (
        <ReferencePicker table="engagement" lookup={lookup} label="Engagement" value={elsewhere} onChange={setElsewhere} />
      )}
      <Group gap="xs">
        {known === undefined && (
          <Button variant="filled" disabled={place === undefined} loading={take.busy} onClick={run}>
            Take it in
          </Button>
        )}
        <Button onClick={onDone}>{left === 0 ? 'Leave it' : `Leave it, show the next of ${left}`}</Button>
      </Group>
    </div>
  );
}
