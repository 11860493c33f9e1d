import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useState, type RefObject } from 'react';
import { choicesIn, type ChoiceField } from '#shared/domain/choices.ts';
import { dictionary } from '#shared/model/dictionary.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import { useChoices } from '../../data/use-choices.ts';
import { DateField } from '../../ui/date-field.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { formatDate } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ViewTabs } from '../../ui/view-tabs.tsx';
import { rangeProblem, SORTS, SPANS, STATES, stepped, type PlannerSearch, type Shown, type Span } from './planner-search.ts';
import names from './planner.module.css';

export type ChangeSearch = (part: { readonly [K in keyof PlannerSearch]?: PlannerSearch[K] | undefined }) => void;
type Props = { readonly search: PlannerSearch; readonly shown: Shown; readonly today: string; readonly set: ChangeSearch };

const entries = (choices: Readonly<Record<string, string>>) => Object.entries(choices).map(([value, label]) => ({ value, label }));

type RangeDayProps = {
  readonly label: string;
  readonly day: string;
  readonly today: string;
  /** Why a day cannot be chosen here. */
  readonly problemOf?: (day: string) => string | undefined;
  readonly onDay: (day: string) => void;
};

/** A day of a range: taken over once it is a whole date. */
function RangeDay({ label, day, today, problemOf, onDay }: RangeDayProps) {
  const [typed, setTyped] = useState(day);
  const [known, setKnown] = useState(day);
  if (known !== day) {
    setKnown(day);
    setTyped(day);
  }
  const typedDay = parseDate(typed, today);
  const problem = typedDay === undefined ? 'Not a date' : problemOf?.(typedDay);
  return (
    <DateField
      ariaLabel={label}
      value={typed}
      today={today}
      error={typed.trim() === '' ? undefined : problem}
      onChange={(next) => {
        setTyped(next);
        const date = parseDate(next, today);
        if (date !== undefined && date === next && problemOf?.(date) === undefined) onDay(date);
      }}
    />
  );
}

/** Which days, how many of them, and as a calendar or a list. */
export function PlannerDays({ search, shown, today, set }: Props) {
  const { span = 'week', as } = search;
  const last = addDays(shown.from, shown.days - 1);
  return (
    <>
      <IconButton icon="chevronLeft" label={`Previous ${span}`} onClick={() => set(stepped(span, shown, -1))} />
      <Button onClick={() => set({ day: undefined, ...(span === 'range' ? { until: addDays(today, shown.days - 1) } : {}) })}>Today</Button>
      <IconButton icon="chevronRight" label={`Next ${span}`} onClick={() => set(stepped(span, shown, 1))} />
      {span === 'range' ? (
        <>
          <RangeDay label="From" day={shown.from} today={today} onDay={(day) => set({ day })} />
          <RangeDay
            label="To"
            day={last}
            today={today}
            problemOf={(day) => rangeProblem(shown.from, day)}
            onDay={(until) => set({ until, day: shown.from })}
          />
        </>
      ) : (
        <span className={names.range}>
          {formatDate(shown.from)} – {formatDate(last)}
        </span>
      )}
      <ViewTabs
        label="How much"
        value={span}
        onChange={(next) =>
          set(
            next === 'range'
              ? { span: next, day: shown.from, until: last }
              : { span: next === 'week' ? undefined : next, until: undefined },
          )
        }
        // Object.entries loses the literal type of a constant object's keys
        views={Object.entries(SPANS).map(([value, label]) => ({ value: value as Span, label }))}
      />
      <ViewTabs
        label="Shown as"
        value={as ?? 'calendar'}
        onChange={(next) => set({ as: next === 'list' ? next : undefined })}
        views={[
          { value: 'calendar', label: 'Calendar' },
          { value: 'list', label: 'List' },
        ]}
      />
    </>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly value: string | undefined;
  readonly data: React.ComponentProps<typeof NativeSelect>['data'] & object;
  readonly onChange: (value: string) => void;
};

function Choice({ label, value = '', data, onChange }: ChoiceProps) {
  return <NativeSelect size="xs" aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} data={data} />;
}

/** Whose, which kinds, in which order, and by which words (TCH-06). */
export function PlannerFilters({
  search,
  set,
  filterBox,
}: Omit<Props, 'shown' | 'today'> & { readonly filterBox: RefObject<HTMLInputElement | null> }) {
  const lists = useChoices();
  const named = (field: ChoiceField, prefix = '') =>
    choicesIn(lists, field).flatMap(({ value, label, active }) => (active ? { value: prefix + value, label } : []));
  const { touchpoint, meeting } = dictionary;
  // what comes from these boxes is read as an address is: what does not fit is left out
  const put = (part: Readonly<Record<string, unknown>>) => set(part);
  return (
    <>
      {search.as !== 'list' && (
        <Checkbox
          size="xs"
          label="Only what is due"
          checked={search.due === true}
          onChange={(event) => set({ due: event.currentTarget.checked ? true : undefined })}
        />
      )}
      <Choice
        label="Whose"
        value={search.whose}
        onChange={(whose) => put({ whose })}
        data={[
          { value: '', label: 'My engagements' },
          { value: 'all', label: 'All engagements' },
        ]}
      />
      <Choice
        label="Type"
        value={search.type}
        onChange={(type) => put({ type })}
        data={[
          { value: '', label: 'Any type' },
          {
            group: 'Touchpoints',
            items: [{ value: 'touchpoint', label: 'All touchpoints' }, ...named(touchpoint.fields.category, 'touchpoint/')],
          },
          { group: 'Meetings', items: [{ value: 'meeting', label: 'All meetings' }, ...named(meeting.fields.type, 'meeting/')] },
        ]}
      />
      <Choice
        label="Priority"
        value={search.priority}
        onChange={(priority) => put({ priority })}
        data={[{ value: '', label: 'Any priority' }, ...named(touchpoint.fields.priority)]}
      />
      <Choice
        label="Status"
        value={search.state}
        onChange={(state) => put({ state })}
        data={[{ value: '', label: 'Any status' }, ...entries(STATES)]}
      />
      {search.as !== 'list' && (
        <Choice
          label="Sort by"
          value={search.by ?? 'title'}
          onChange={(by) => put({ by: by === 'title' ? undefined : by })}
          data={entries(SORTS).map(({ value, label }) => ({ value, label: `Sort: ${label}` }))}
        />
      )}
      <FilterBox
        value={search.text ?? ''}
        onChange={(text) => set({ text })}
        label="Find engagements and what is planned"
        inputRef={filterBox}
      />
    </>
  );
}
