import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ActivityKind, PlaybookActivity, PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';
import type { Condition } from '#shared/model/condition.ts';
import { ConditionBuilder } from '../../../ui/condition-builder/condition-builder.tsx';
import names from '../player.module.css';
import { asKind, KIND_LABELS } from './edit-steps.ts';
import { KindFields } from './kind-fields.tsx';

type Props = {
  readonly definition: PlaybookDefinition;
  readonly activity: PlaybookActivity;
  readonly responsibilities: readonly string[];
  readonly onChange: (activity: PlaybookActivity) => void;
};

const NONE: Condition = { all: [] };

/** A condition that can be there or not. */
function Maybe({
  label,
  table,
  value,
  onChange,
}: {
  readonly label: string;
  readonly table: PlaybookDefinition['table'];
  readonly value: Condition | undefined;
  readonly onChange: (condition: Condition | undefined) => void;
}) {
  return (
    <div>
      <Checkbox
        label={label}
        checked={value !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? NONE : undefined)}
      />
      {value !== undefined && <ConditionBuilder label={label} table={table} value={value} onChange={onChange} />}
    </div>
  );
}

/** Without what is undefined: the reader wants it absent. */
function tidy(activity: PlaybookActivity): PlaybookActivity {
  return Object.fromEntries(Object.entries(activity).filter(([, value]) => value !== undefined)) as PlaybookActivity; // the same without empty parts
}

/** Everything that can be said of one activity. */
export function ActivityEditor({ definition, activity, responsibilities, onChange }: Props) {
  const before: PlaybookActivity[] = [];
  for (const one of definition.stages.flatMap(({ activities }) => activities)) {
    if (one.key === activity.key) break;
    before.push(one);
  }
  const decisions = before.filter((one) => one.kind === 'decision');
  const put = (change: Partial<PlaybookActivity>) => onChange(tidy({ ...activity, ...change } as PlaybookActivity)); // only what all kinds have
  const start = typeof activity.start === 'string' ? activity.start : 'after';
  const onlyIf = activity.onlyIf === undefined ? '' : `${activity.onlyIf.decision}=${activity.onlyIf.is[0] ?? ''}`;
  return (
    <div className={names.body} role="group" aria-label={`Activity ${activity.label}`}>
      <TextInput label="Label" value={activity.label} onChange={(event) => put({ label: event.currentTarget.value })} />
      <NativeSelect
        label="Kind"
        value={activity.kind}
        data={Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const kind = (Object.keys(KIND_LABELS) as ActivityKind[]).find((one) => one === event.currentTarget.value); // its own keys
          if (kind) onChange(asKind(activity, kind));
        }}
      />
      <Textarea
        label="What to know"
        autosize
        minRows={1}
        value={activity.help ?? ''}
        onChange={(event) => put({ help: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
      />
      <KindFields table={definition.table} activity={activity} onChange={onChange} />
      <div className={names.adding}>
        <NativeSelect
          label="Begins"
          value={start}
          data={[
            { value: 'afterPrevious', label: 'After what is before it' },
            { value: 'withPrevious', label: 'Together with what is before it' },
            { value: 'after', label: 'After a certain activity' },
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const last = before.at(-1);
            put({ start: value === 'after' && last ? { after: [last.key] } : value === 'withPrevious' ? value : 'afterPrevious' });
          }}
        />
        {typeof activity.start === 'object' && (
          <NativeSelect
            label="After which"
            value={activity.start.after[0] ?? ''}
            data={before.map(({ key, label }) => ({ value: key, label }))}
            onChange={(event) => put({ start: { after: [event.currentTarget.value] } })}
          />
        )}
        <NativeSelect
          label="Falls to"
          value={activity.responsibility ?? ''}
          data={[
            { value: '', label: 'Whoever the record is assigned to' },
            ...[...new Set([...responsibilities, ...(activity.responsibility === undefined ? [] : [activity.responsibility])])].map(
              (one) => ({ value: one, label: one }),
            ),
          ]}
          onChange={(event) => put({ responsibility: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
        />
        <TextInput
          label="Due after days"
          inputMode="numeric"
          w={110}
          value={activity.dueDays ?? ''}
          onChange={(event) => {
            const days = Number.parseInt(event.currentTarget.value, 10);
            put({ dueDays: Number.isSafeInteger(days) && days >= 0 && days <= 3_650 ? days : undefined });
          }}
        />
      </div>
      {decisions.length > 0 && (
        <NativeSelect
          label="Only if"
          value={onlyIf}
          data={[
            { value: '', label: 'Always' },
            ...decisions.flatMap((one) =>
              one.kind === 'decision'
                ? one.options.map(({ key, label }) => ({ value: `${one.key}=${key}`, label: `${one.label}: ${label}` }))
                : [],
            ),
          ]}
          onChange={(event) => {
            const [decision = '', option = ''] = event.currentTarget.value.split('=');
            put({ onlyIf: decision === '' ? undefined : { decision, is: [option] } });
          }}
        />
      )}
      <div className={names.adding}>
        <Checkbox
          label="Optional: nothing waits for it"
          checked={activity.optional}
          onChange={(event) => put({ optional: event.currentTarget.checked })}
        />
        <Checkbox
          label="May be skipped with a reason"
          checked={activity.skippable}
          onChange={(event) => put({ skippable: event.currentTarget.checked })}
        />
      </div>
      <Maybe
        label="It waits until the record fulfils a condition"
        table={definition.table}
        value={activity.when}
        onChange={(when) => put({ when })}
      />
      <Maybe
        label="It is left out while the record fulfils a condition"
        table={definition.table}
        value={activity.leaveOutWhen}
        onChange={(leaveOutWhen) => put({ leaveOutWhen })}
      />
    </div>
  );
}
