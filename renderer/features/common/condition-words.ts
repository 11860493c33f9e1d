import { SHIPPED_CHOICES, type ChoiceView } from '#shared/domain/choices.ts';
import { conditionInWords } from '#shared/domain/condition/condition-in-words.ts';
import type { Condition } from '#shared/model/condition.ts';
import type { TableName } from '#shared/model/dictionary.ts';

const ID = /(?:\b[a-z][A-Za-z0-9]*\/)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;

/** A condition in words, its records called by the names that the screen knows, choices as they are called now. */
export function wordsOfCondition(
  condition: Condition,
  table: TableName,
  nameOfId: (id: string) => string | undefined,
  choices: ChoiceView = SHIPPED_CHOICES,
): string {
  return conditionInWords(condition, table, choices).replaceAll(ID, (_written, id: string) => nameOfId(id) ?? 'the chosen record');
}
