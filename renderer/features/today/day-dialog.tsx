import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/errors/app-error.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { parseDate } from '#shared/util/typed-date.ts';
import names from './today.module.css';

type Props = {
  /** Closed, it gives the focus back; it is drawn all the time for that. */
  readonly opened: boolean;
  readonly title: string;
  readonly verb: string;
  readonly today: string;
  /** The first day that can be chosen counts from today in days. */
  readonly least: number;
  readonly busy: boolean;
  readonly failure: AppError | undefined;
  readonly onChoose: (date: string) => void;
  readonly onClose: () => void;
};

const PRESETS = [
  { label: 'Tomorrow', days: 1 },
  { label: 'In 3 days', days: 3 },
  { label: 'In a week', days: 7 },
  { label: 'In 2 weeks', days: 14 },
] as const;

/** Asks for a day: typed ("fri", "+3") or one of the usual ones. Enter takes what stands there. */
export function DayDialog({ opened, title, onClose, ...form }: Props) {
  return (
    <Dialog opened={opened} title={title} onClose={onClose} size={400}>
      <DayForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function DayForm({ verb, today, least, busy, failure, onChoose, onClose }: Omit<Props, 'opened' | 'title'>) {
  const [typed, setTyped] = useState(addDays(today, 1));
  const date = parseDate(typed, today);
  const problem = date === undefined ? 'Type a day such as fri or +3.' : date < addDays(today, least) ? 'Choose a later day.' : undefined;
  const choose = (day: string | undefined) => {
    if (day !== undefined && day >= addDays(today, least)) onChoose(day);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        choose(date);
      }}
    >
      {failure && <Failure failure={failure} />}
      <div className={names.days}>
        {PRESETS.map(({ label, days }) => (
          <Button key={days} size="compact-sm" onClick={() => choose(addDays(today, days))}>
            {label}
          </Button>
        ))}
      </div>
      <DateField label="Day" value={typed} today={today} autoFocus="trap" error={problem} onChange={setTyped} />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" variant="filled" loading={busy} disabled={problem !== undefined}>
          {verb}
        </Button>
      </Group>
    </form>
  );
}
