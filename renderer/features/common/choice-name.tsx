import { choiceLabel, type ChoiceField } from '#shared/domain/choices.ts';
import { useChoices } from '../../data/use-choices.ts';

/** What a stored choice is called now, for screens that are not forms; empty where there is none. */
export function useChoiceNames(): (field: ChoiceField, value: unknown) => string | undefined {
  const choices = useChoices();
  return (field, value) => (typeof value === 'string' ? choiceLabel(choices, field, value) : undefined);
}

/** The same as an element, for cells of lists. */
export function ChoiceName({ field, value }: { readonly field: ChoiceField; readonly value: unknown }) {
  return <>{useChoiceNames()(field, value)}</>;
}
