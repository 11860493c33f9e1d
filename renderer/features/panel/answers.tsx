import { Menu } from '@mantine/core';
import { choiceLabel } from '#shared/domain/choices.ts';
import { fillAnswer, placeOf } from '#shared/domain/templates/fill-answer.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Field, Money } from '#shared/model/field.ts';
import { useLive } from '../../data/use-live.ts';
import { formatDate, formatInstant, formatMoney, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { plainText } from '../../ui/record-form/plain-text.ts';
import { useFormWorld, type FormWorld } from '../../ui/record-form/form-world.ts';

const MOST = 200;
const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

/** A value as it is written in a sentence; undefined where it is empty or cannot be said in words. */
function inWords(field: Field, value: unknown, { nameOf, choices, reading }: FormWorld): string | undefined {
  const named = refsIn(field, value).flatMap(({ table, id }) => nameOf(table, id) ?? []);
  if (named.length > 0) return named.join(', ');
  if (isMoney(value)) return formatMoney(value);
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value !== 'string') return undefined;
  if (field.kind === 'choice') return choiceLabel(choices, field, value);
  if (field.kind === 'date') return formatDate(value);
  return field.kind === 'instant' ? formatInstant(value, reading.timeZone) : value;
}

type Props = { readonly table: TableName; readonly row: AnyRow; readonly onInsert: (text: string) => void };

/** REC-39: texts to answer with, filled in from the record. */
export function Answers({ table, row, onInsert }: Props) {
  const world = useFormWorld();
  const { data } = useLive('records.list', {
    table: 'responseTemplate',
    condition: {
      all: [
        { field: 'active', op: 'is', value: true },
        {
          any: [
            { field: 'forTable', op: 'isEmpty' },
            { field: 'forTable', op: 'is', value: table },
          ],
        },
      ],
    },
    sort: [
      { field: 'category', direction: 'up' },
      { field: 'name', direction: 'up' },
    ],
    window: { offset: 0, limit: MOST },
  });
  const fields = tableOf(table).fields;
  const names = { ...Object.fromEntries(Object.entries(fields).map(([name, { label }]) => [name, label])), number: 'Number' };
  const valueOf = (word: string) => {
    const name = placeOf(word, names);
    if (name === 'number') return row.number;
    const field = name === undefined ? undefined : fields[name];
    return name === undefined || field === undefined ? undefined : inWords(field, row[name], world);
  };
  const rows = data?.rows ?? [];
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <IconButton icon="template" size={26} label="Insert a prepared answer" />
      </Menu.Target>
      <Menu.Dropdown>
        {rows.map(({ row: template, label }) => (
          <Menu.Item key={template.id} onClick={() => onInsert(fillAnswer(plainText(template['body']), valueOf))}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Item component="a" href="#/records/responseTemplate/new">
          {rows.length === 0 ? 'None yet: write the first one' : 'Write another one'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
