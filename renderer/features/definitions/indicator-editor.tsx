import type { Condition } from '#shared/model/condition.ts';
import { isTableName } from '#shared/model/dictionary.ts';
import { INDICATOR_FUNCTIONS } from '#shared/model/tables/data-source.ts';
import { ConditionBuilder } from '../../ui/condition-builder/condition-builder.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import names from './definitions.module.css';
import { COUNTED, datedFields, numericFields, storedIndicator, type IndicatorDraft } from './indicator-draft.ts';
import { NumberField } from './number-field.tsx';

type Props = {
  readonly indicator: IndicatorDraft;
  readonly locked: boolean;
  readonly onChange: (indicator: Readonly<Record<string, unknown>>) => void;
};

const TIMES = { none: 'All records, whenever', during: 'Records of a period', open: 'Records open on the day' } as const;

/** What a source counts: function, record type, field, condition and the time that decides the past. */
export function IndicatorEditor({ indicator, locked, onChange }: Props) {
  const { table, fn, time } = indicator;
  const set = (part: Partial<IndicatorDraft>) => onChange(storedIndicator({ ...indicator, ...part }));
  const numeric = numericFields(table);
  const dated = datedFields(table);
  const firstDate = Object.keys(dated)[0] ?? '';
  const needsField = fn !== 'count' && fn !== 'share';
  const setTime = (kind: keyof typeof TIMES | undefined) => {
    if (kind === 'during') set({ time: { kind, field: firstDate, days: 90 } });
    else if (kind === 'open') set({ time: { kind, from: firstDate, to: Object.keys(dated)[1] ?? firstDate } });
    else set({ time: undefined });
  };
  const conditions = (label: string, value: Condition | undefined, change: (condition: Condition | undefined) => void) => (
    <fieldset className={names.wide} disabled={locked}>
      <legend className={names.groupLabel}>{label}</legend>
      <ConditionBuilder key={`${table} ${label}`} label={label} computed={false} table={table} value={value} onChange={change} />
    </fieldset>
  );
  return (
    <div className={names.fields}>
      <ChoiceSelect
        label="Figure"
        choices={INDICATOR_FUNCTIONS}
        disabled={locked}
        value={fn}
        onChange={(next) => next && set({ fn: next, ...(next === 'count' ? { field: undefined } : {}) })}
      />
      <ChoiceSelect
        label="Over"
        choices={COUNTED}
        disabled={locked}
        value={table}
        // another record type has other fields
        onChange={(next) => next !== undefined && isTableName(next) && onChange(storedIndicator({ table: next, fn }))}
      />
      {needsField && (
        <ChoiceSelect
          label="Field"
          choices={numeric}
          disabled={locked}
          value={indicator.field ?? ''}
          onChange={(field) => set({ field })}
        />
      )}
      {fn === 'ratio' && (
        <ChoiceSelect
          label="In percent of"
          choices={numeric}
          disabled={locked}
          value={indicator.per ?? ''}
          onChange={(per) => set({ per })}
        />
      )}
      <ChoiceSelect label="Time" choices={TIMES} disabled={locked} value={time?.kind ?? 'none'} onChange={setTime} />
      {time?.kind === 'during' && (
        <>
          <ChoiceSelect
            label="Date that counts"
            choices={dated}
            disabled={locked}
            value={time.field}
            onChange={(field) => field !== undefined && set({ time: { ...time, field } })}
          />
          <NumberField
            label="Of the last (days)"
            disabled={locked}
            value={time.days}
            onChange={(days) => days !== undefined && days > 0 && set({ time: { ...time, days } })}
          />
        </>
      )}
      {time?.kind === 'open' && (
        <>
          <ChoiceSelect
            label="Open from"
            choices={dated}
            disabled={locked}
            value={time.from}
            onChange={(from) => from !== undefined && set({ time: { ...time, from } })}
          />
          <ChoiceSelect
            label="Until"
            choices={dated}
            disabled={locked}
            value={time.to}
            onChange={(to) => to !== undefined && set({ time: { ...time, to } })}
          />
        </>
      )}
      <NumberField
        label="Value where there is no record (empty: missing)"
        disabled={locked}
        value={indicator.whenNone}
        onChange={(whenNone) => set({ whenNone })}
      />
      {conditions('Only records where (empty: all)', indicator.filter, (filter) => set({ filter }))}
      {fn === 'share' && conditions('Counted in percent of them: records where', indicator.matching, (matching) => set({ matching }))}
    </div>
  );
}
