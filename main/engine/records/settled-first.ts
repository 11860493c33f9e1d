import { asksForComputed, fieldsIn } from '#shared/domain/condition/computed-in.ts';
import { fieldsOf } from '#shared/domain/derived/field-path.ts';
import { isCondition } from '#shared/domain/condition/condition-shape.ts';
import { isTableName, type TableName } from '#shared/model/dictionary.ts';
import type { OperationName } from '#shared/contract/engine-contract.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { figuresOf } from '../jobs/figures.ts';

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.flatMap(texts) : typeof value === 'string' ? [value] : [];

/** Names of fields wherever a question about rows may have them. */
function fieldsAsked(input: Readonly<Record<string, unknown>>): readonly string[] {
  const { condition, target, sort, group, columns, sums } = input;
  const conditions = [condition, typeof target === 'object' && target !== null && 'condition' in target ? target.condition : undefined];
  const sorted = Array.isArray(sort)
    ? sort.map((one: unknown) => (typeof one === 'object' && one !== null && 'field' in one ? one.field : ''))
    : [];
  return [
    ...conditions.flatMap((one) => (isCondition(one) ? fieldsIn(one) : [])),
    ...texts(sorted),
    ...texts(group),
    ...texts(columns),
    ...texts(sums),
  ];
}

const hasComputed = (table: TableName): boolean => Object.values(fieldsOf(table)).some(({ computed }) => computed === true);

/** Whether the answer to a question about rows shows or asks for figures that the engine computes (health). */
function needsFigures(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || !('table' in input)) return false;
  const { table } = input;
  if (typeof table !== 'string' || !isTableName(table)) return false;
  return hasComputed(table) || asksForComputed(fieldsAsked({ ...input }), table);
}

/** The handlers, each waiting for the figures to be true where its question is about them. */
export function settledFirst<N extends OperationName>(handlers: Handlers<N>): Handlers<N> {
  type Any = (context: EngineContext, input: unknown, call: unknown) => unknown;
  const waiting = Object.entries(handlers as Readonly<Record<string, Any>>).map(([name, handler]) => [
    name,
    (context: EngineContext, input: unknown, call: unknown): unknown =>
      needsFigures(input)
        ? figuresOf(context)
            .settled()
            .then(() => handler(context, input, call))
        : handler(context, input, call),
  ]);
  return Object.fromEntries(waiting) as Handlers<N>; // the same names, each with a handler of the same kind
}
