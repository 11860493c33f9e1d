import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { refTo } from '#shared/model/any-reference.ts';
import { MEETING_RESPONSES } from '#shared/model/tables/meeting.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useAtOnce } from '../../state/use-at-once.ts';
import { Failure } from '../../ui/failure.tsx';
import { Section } from '../../ui/section.tsx';
import names from './meetings.module.css';

type Guest = Output<'meetings.page'>['guests'][number];
type Props = { readonly meeting: string; readonly guests: readonly Guest[]; readonly locked: boolean };

const CAME = [
  { value: 'attended', label: 'Came' },
  { value: 'absent', label: 'Did not' },
  { value: 'unknown', label: '?' },
] as const;
const isAttendance = (value: string): value is Guest['attendance'] => CAME.some((one) => one.value === value);
const isResponse = (value: string): value is Guest['response'] => Object.hasOwn(MEETING_RESPONSES, value);

function Line({ meeting, guest, locked }: { meeting: string; guest: Guest; locked: boolean }) {
  const { run, error } = useCommand('meetings.attend');
  const [shown, choose] = useAtOnce({ response: guest.response, attendance: guest.attendance }, error !== undefined);
  const { person, role, invited } = guest;
  const people = [refTo(person.table, person.id)];
  return (
    <li className={names.guest}>
      <span className={names.who}>
        <a href={recordAddress(person.table, person.id)}>{person.label}</a>
        <span className={names.quiet}>
          {[role, person.table === 'user' ? 'of us' : undefined, invited ? undefined : 'not invited'].filter(Boolean).join(' · ')}
        </span>
      </span>
      <NativeSelect
        size="xs"
        aria-label={`Answer of ${person.label}`}
        disabled={locked}
        value={shown.response}
        data={Object.entries(MEETING_RESPONSES).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (!isResponse(value)) return;
          choose({ ...shown, response: value });
          run({ meeting, people, response: value });
        }}
      />
      <SegmentedControl
        size="xs"
        aria-label={`Attendance of ${person.label}`}
        disabled={locked}
        value={shown.attendance}
        data={[...CAME]}
        onChange={(value) => {
          if (!isAttendance(value)) return;
          choose({ ...shown, attendance: value });
          run({ meeting, people, attendance: value });
        }}
      />
      {error && <Failure failure={error} />}
    </li>
  );
}

/** TCH-02: who was invited, how they answered, and who came. */
export function Guests({ meeting, guests, locked }: Props) {
  const all = useCommand('meetings.attend');
  const open = guests.filter(({ attendance }) => attendance === 'unknown').map(({ person }) => refTo(person.table, person.id));
  return (
    <Section
      title="Invited"
      note={String(guests.length)}
      actions={
        !locked &&
        open.length > 0 && (
          <Button size="compact-xs" loading={all.busy} onClick={() => all.run({ meeting, people: open, attendance: 'attended' })}>
            All came
          </Button>
        )
      }
    >
      {all.error && <Failure failure={all.error} />}
      {guests.length === 0 && (
        <p className={names.quiet}>Nobody is invited yet: name contacts and colleagues among the fields of this meeting.</p>
      )}
      <ul>
        {guests.map((guest) => (
          <Line key={guest.person.id} meeting={meeting} guest={guest} locked={locked} />
        ))}
      </ul>
    </Section>
  );
}
