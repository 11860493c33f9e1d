import { choiceListNamed, choiceLists, choicesIn, type ChoiceList } from '#shared/domain/choices.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type AnyRow } from '#shared/model/dictionary.ts';
import type { Field } from '#shared/model/field.ts';
import type { EngineContext, Handlers, ReadsOf } from '../context.ts';
import { saveList } from './save-list.ts';

type Names = 'choices.changed' | 'choices.list' | 'choices.save';

function listNamed(name: string): { readonly list: ChoiceList; readonly field: Field } {
  const list = choiceListNamed(name);
  const field = list && tableOf(list.table).fields[list.field];
  if (list && field) return { list, field };
  throw new AppError('not-found', `There is no list “${name.slice(0, 130)}” that can be extended.`);
}

/** How many records have each choice. */
function usesOf({ view }: EngineContext, { usedBy }: ChoiceList): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { table, field } of usedBy)
    for (const row of view.all(table) as Iterable<AnyRow>) {
      const value = row[field];
      if (typeof value === 'string') uses.set(value, (uses.get(value) ?? 0) + 1);
    }
  return uses;
}

/** Choice lists and their extension (REC-35). */
export const choiceHandlers: Handlers<Names> = {
  // what choices are called is for everyone, also for those who do not see the configuration
  'choices.changed': ({ whole: { view } }) => {
    const changed = choiceLists.filter(({ list }) => view.by('choiceEntry', 'list', list).length > 0);
    return { lists: Object.fromEntries(changed.map(({ list }) => [list, [...choicesIn(view, listNamed(list).field)]])) };
  },
  'choices.list': (context, { list: name }) => {
    const { list, field } = listNamed(name);
    const uses = usesOf(context, list);
    const choices = choicesIn(context.view, field).map((choice) => ({
      ...choice,
      shipped: Object.hasOwn(field.choices ?? {}, choice.value),
      uses: uses.get(choice.value) ?? 0,
    }));
    return { table: list.table, field: list.field, choices };
  },
  'choices.save': async (context, { list: name, choices }, call) => {
    const { field } = listNamed(name);
    const label = `Change choices of ${field.label.toLowerCase()}`;
    const { changeSetId } = await context.records.run({ ...call, label }, (draft) => saveList(draft, name, field, choices));
    return { changeSetId };
  },
};

export const choiceReads: ReadsOf<Names> = { 'choices.changed': ['choiceEntry'] };
