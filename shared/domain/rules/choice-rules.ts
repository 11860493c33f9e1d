import { tableNames, tableOf, type AnyRow, type Row, type TableName } from '../../model/dictionary.ts';
import { fold } from '../../util/folding.ts';
import { CHOICE_VALUE, choiceLabel, choiceListNamed, choiceStands, choicesOf, offeredWords, type ChoiceList } from '../choices.ts';
import { quoted } from '../validate/wrong.ts';
import type { ReadView } from '../view.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { differs } from './rule-index.ts';
import { rule, type AnyRule } from './rule.ts';

/** REC-35: a choice that is newly chosen is on its list and not retired; what stood before stays as it is. */
function chosenFromList(table: TableName): readonly AnyRule[] {
  const listed = Object.entries(tableOf(table).fields).filter(([, { list }]) => list !== undefined);
  if (listed.length === 0) return [];
  const check = rule('REC-35', table, ['create', 'update'], {
    fields: listed.map(([key]) => key),
    check: ({ view, puttingBack }, change) => {
      const row: AnyRow | undefined = change.after;
      for (const [key, field] of listed) {
        const value = row?.[key];
        if (!row || typeof value !== 'string' || !differs(change, key)) continue;
        const stands = choiceStands(view, field, value);
        if (stands === 'active' || (stands === 'retired' && puttingBack)) continue;
        const why = stands === undefined ? 'is not on its list' : 'is retired';
        return refusal(
          'REC-35',
          change,
          `${sentence(nameOf(table, row, view))}: ${field.label} ${quoted(choiceLabel(view, field, value))} ${why}. Choose one of: ${offeredWords(view, field)}.`,
          { field: key },
        );
      }
      return undefined;
    },
  });
  return [check as AnyRule]; // made for this very table
}

type Entry = Row<'choiceEntry'>;

const refused = (change: Parameters<typeof refusal>[1], message: string, field: string): ReturnType<typeof refusal> =>
  refusal('REC-35', change, message, { field });

/** REC-35: an entry belongs to a list that can be extended, keeps its value for good, and is called like no other choice of it. */
const entryFits = rule('REC-35', 'choiceEntry', ['create', 'update'], {
  check: ({ view }, change) => {
    const { before, after } = change;
    const list = after && choiceListNamed(after.list);
    if (!after) return undefined;
    if (!list)
      return refused(
        change,
        `There is no list ${quoted(after.list)} that can be extended. Choose one under Settings, Choice lists.`,
        'list',
      );
    if (before && (before.list !== after.list || before.value !== after.value))
      return refused(
        change,
        `Choice ${quoted(after.label)}: its list and its value stay as they are. Add another choice instead.`,
        'value',
      );
    if (!CHOICE_VALUE.test(after.value))
      return refused(change, `Choice ${quoted(after.label)}: the value must be letters and digits, a small letter first.`, 'value');
    const twin = choicesOf(view, list.table, list.field).find(
      ({ value, label, active }) => active && value !== after.value && fold(label) === fold(after.label),
    );
    if (twin && after.active !== false)
      return refused(change, `${labelOfList(list)} has a choice called ${quoted(twin.label)} already. Use another label.`, 'label');
    return choicesOf(view, list.table, list.field).some(({ active }) => active)
      ? undefined
      : refused(change, `${labelOfList(list)} needs at least one choice that is not retired.`, 'active');
  },
});

/** REC-35: a choice that records have is retired, not deleted. Deleting the entry of a shipped one makes it as it was. */
const entryUnused = rule('REC-35', 'choiceEntry', ['delete'], {
  check: ({ view }, change) => {
    const entry = change.before;
    const list = entry && choiceListNamed(entry.list);
    if (!entry || !list || Object.hasOwn(tableOf(list.table).fields[list.field]?.choices ?? {}, entry.value)) return undefined;
    const used = usesOf(entry, list, view);
    return used === undefined
      ? undefined
      : refused(
          change,
          `${labelOfList(list)}: ${quoted(entry.label)} cannot be deleted, as ${tableOf(used).plural.toLowerCase()} have it. Retire it instead.`,
          'active',
        );
  },
});

const labelOfList = ({ table, field }: ChoiceList): string => `${tableOf(table).label} › ${tableOf(table).fields[field]?.label ?? field}`;

/** A record type of which some record has the choice. Walks the tables that use the list: entries are deleted rarely. */
function usesOf({ value }: Entry, { usedBy }: ChoiceList, view: ReadView): TableName | undefined {
  for (const { table, field } of usedBy) for (const row of view.all(table) as Iterable<AnyRow>) if (row[field] === value) return table;
  return undefined;
}

export const choiceRules: readonly AnyRule[] = [...tableNames.flatMap(chosenFromList), entryFits, entryUnused];
