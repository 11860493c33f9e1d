import { dictionary, isTableName, tableNames, tableOf, type TableName } from '../model/dictionary.ts';
import type { Field } from '../model/field.ts';

/** One choice of a field as it is called now. A retired one (`active` false) is read but no longer offered (REC-35). */
export type Choice = { readonly value: string; readonly label: string; readonly active: boolean };
/** What is needed of a field: its shipped choices and, where an administrator may extend them, the name of its list. */
export type ChoiceField = Pick<Field, 'choices' | 'list'>;
type Entry = { readonly value: string; readonly label: string; readonly active?: boolean | undefined; readonly rank?: number | undefined };
/** What is needed of a view: the entries of a list. A `ReadView` is one; screens make one of what the engine tells them. */
export type ChoiceView = { readonly by: (table: 'choiceEntry', field: 'list', list: string) => readonly Entry[] };
/** Where nothing was changed. */
export const SHIPPED_CHOICES: ChoiceView = { by: () => [] };

/** A view of lists that differ from what was shipped, by name: what the engine tells those who have no records at hand. */
export function viewOfLists(changed: Readonly<Record<string, readonly Choice[]>>): ChoiceView {
  const entries = new Map(Object.entries(changed).map(([list, choices]) => [list, choices.map((choice, rank) => ({ ...choice, rank }))]));
  return { by: (_table, _field, list) => entries.get(list) ?? [] };
}

/** Distance between the ranks of shipped choices, so that others fit in between. */
export const RANK_STEP = 10;
/** What the value of a choice looks like. */
export const CHOICE_VALUE = /^[a-z][A-Za-z0-9]{0,59}$/;

const isShipped = ({ choices = {} }: ChoiceField, value: string): boolean => Object.hasOwn(choices, value);

/** The choices of a field in order: the shipped ones with what the administrator changed, and the added ones. */
export function choicesIn(view: ChoiceView, field: ChoiceField): readonly Choice[] {
  const shipped = Object.entries(field.choices ?? {});
  const entries = field.list === undefined ? [] : view.by('choiceEntry', 'list', field.list);
  const known = new Map(entries.map((entry) => [entry.value, entry]));
  const all = shipped.map(([value, label], at) => {
    const entry = known.get(value);
    return { value, label: entry?.label ?? label, active: entry?.active !== false, rank: entry?.rank ?? at * RANK_STEP };
  });
  for (const { value, label, active, rank } of entries)
    if (!isShipped(field, value)) all.push({ value, label, active: active !== false, rank: rank ?? Number.MAX_SAFE_INTEGER });
  if (entries.length > 0) all.sort((a, b) => a.rank - b.rank);
  return all.map(({ value, label, active }) => ({ value, label, active }));
}

/** As {@link choicesIn} for a field by its name; none where there is no such field. */
export function choicesOf(view: ChoiceView, table: TableName, field: string): readonly Choice[] {
  const { fields } = tableOf(table);
  const found = Object.hasOwn(fields, field) ? fields[field] : undefined;
  return found ? choicesIn(view, found) : [];
}

/** What a stored choice is called, retired ones included; the value itself where nobody knows it. */
export function choiceLabel(view: ChoiceView | undefined, field: ChoiceField, value: string): string {
  const entry =
    view === undefined || field.list === undefined
      ? undefined
      : view.by('choiceEntry', 'list', field.list).find((one) => one.value === value);
  return entry?.label ?? (isShipped(field, value) ? field.choices?.[value] : undefined) ?? value;
}

/** Whether a value is one of the choices: `retired` ones are readable, but not to be chosen any more. */
export function choiceStands(view: ChoiceView, field: ChoiceField, value: string): 'active' | 'retired' | undefined {
  const entry = field.list === undefined ? undefined : view.by('choiceEntry', 'list', field.list).find((one) => one.value === value);
  if (entry) return entry.active === false ? 'retired' : 'active';
  return isShipped(field, value) ? 'active' : undefined;
}

/** The choices that are offered, as a message lists them. */
export function offeredWords(view: ChoiceView | undefined, field: ChoiceField): string {
  const offered =
    view === undefined ? Object.values(field.choices ?? {}) : choicesIn(view, field).flatMap(({ active, label }) => (active ? label : []));
  return offered.join(', ');
}

/** Every list that can be extended, with the fields that take their choices from it. The first one named shipped them. */
export type ChoiceList = {
  readonly list: string;
  readonly table: TableName;
  readonly field: string;
  readonly usedBy: readonly { readonly table: TableName; readonly field: string }[];
};

const lists: ReadonlyMap<string, ChoiceList> = (() => {
  const fields = tableNames.flatMap((table) =>
    Object.entries(dictionary[table].fields as Readonly<Record<string, Field>>).flatMap(([field, { list }]) =>
      list === undefined ? [] : [{ list, table, field }],
    ),
  );
  return new Map(
    [...Map.groupBy(fields, ({ list }) => list)].flatMap(([list, usedBy]) => {
      const [table = '', field = ''] = list.split('.');
      return isTableName(table)
        ? [[list, { list, table, field, usedBy: usedBy.map(({ table: of, field: key }) => ({ table: of, field: key })) }] as const]
        : [];
    }),
  );
})();

/** Every list that an administrator can extend, in the order of the dictionary. */
export const choiceLists: readonly ChoiceList[] = [...lists.values()];

/** A list by its name `table.field`. */
export function choiceListNamed(list: string): ChoiceList | undefined {
  return lists.get(list);
}
