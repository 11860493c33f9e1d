import { ActionIcon, Loader, Popover, TextInput, Tooltip } from '@mantine/core';
import { lazy, Suspense, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { formatDate, formatDistance } from './format.ts';
import { Icon } from './icon.tsx';
import { parseDate } from '#shared/util/typed-date.ts';

const Calendar = lazy(async () => ({ default: (await import('./calendar.tsx')).Calendar }));

type Props = {
  /** As typed, or `YYYY-MM-DD`. */
  readonly value: string;
  readonly onChange: (typed: string) => void;
  /** What "today" and "+14" count from. */
  readonly today: string;
  readonly label?: ReactNode;
  readonly ariaLabel?: string;
  readonly error?: ReactNode;
  readonly required?: boolean;
  /** `trap`: it stands in a dialog, whose trap of the focus gives it the focus and gives it back afterwards. */
  readonly autoFocus?: boolean | 'trap';
  readonly describedBy?: string | undefined;
};

/** A date typed in any usual way ("fri", "+14", "31.3."), or picked in a calendar that loads when it is opened. */
export function DateField({ value, onChange, today, label, ariaLabel, error, required, autoFocus, describedBy }: Props) {
  const [opened, setOpened] = useState(false);
  const date = value.trim() === '' ? undefined : parseDate(value, today);
  const shown = date !== undefined && value === date ? formatDate(date) : value;
  const [typing, setTyping] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // the text was just exchanged for what is typed: who types now means another date, not more of this one
  useLayoutEffect(() => {
    if (typing) field.current?.select();
  }, [typing]);
  const name = typeof label === 'string' ? label : (ariaLabel ?? 'date');
  return (
    <TextInput
      ref={field}
      label={label}
      aria-label={ariaLabel}
      aria-describedby={describedBy}
      error={error}
      required={required ?? false}
      withAsterisk={required ?? false}
      autoFocus={autoFocus === true}
      data-autofocus={autoFocus === 'trap' || undefined}
      autoComplete="off"
      placeholder="2025-03-31, today, fri, +14"
      value={typing ? value : shown}
      onFocus={() => setTyping(true)}
      onBlur={() => {
        setTyping(false);
        if (date !== undefined) onChange(date);
      }}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(date === undefined || error !== undefined
        ? {}
        : { description: undefined, title: `${formatDate(date)}, ${formatDistance(date, today)}` })}
      rightSectionPointerEvents="auto"
      rightSection={
        <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-end">
          <Popover.Target>
            <Tooltip label="Open the calendar">
              <ActionIcon variant="subtle" color="gray" size={24} aria-label={`Calendar for ${name}`} onClick={() => setOpened(!opened)}>
                <Icon name="calendar" size={15} />
              </ActionIcon>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown p="xs" aria-label={`Calendar for ${name}`}>
            <Suspense fallback={<Loader size="sm" aria-label="Loading the calendar" />}>
              <Calendar
                date={date}
                today={today}
                onPick={(picked) => {
                  onChange(picked);
                  setOpened(false);
                }}
              />
            </Suspense>
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
}
