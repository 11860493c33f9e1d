import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';

/** A month to pick a day from. In its own file, so that the calendar's code loads with its first use. */
export function Calendar({ date, today, onPick }: { date: string | undefined; today: string; onPick: (date: string) => void }) {
  return (
    <DatePicker
      size="xs"
      value={date ?? null}
      defaultDate={date ?? today}
      firstDayOfWeek={1}
      highlightToday={false}
      onChange={(picked) => {
        if (picked !== null) onPick(picked);
      }}
      ariaLabels={{
        nextMonth: 'Next month',
        previousMonth: 'Previous month',
        monthLevelControl: 'Choose a month',
        yearLevelControl: 'Choose a year',
      }}
    />
  );
}
