import { tableOf, type TableName } from '../../../model/dictionary.ts';
import { readNumber as readRecordNumber } from '../../labels/record-number.ts';
import { cellAt as cellText, distinctOf, type Cells, type Distinct } from '../cells.ts';
import { aspectOf } from '../headings.ts';
import { isNothing } from '../numbers.ts';
import type { Converted } from './convert.ts';
import type { PlannedTable } from './planned-tables.ts';
import type { Candidate, Question } from './plan-types.ts';

/** Records that are hardly more than a name: a name that nobody knows yet becomes one of them. */
const MADE_BY_NAME: ReadonlySet<TableName> = new Set(['user', 'product', 'capability']);
/** Records that a person is asked about before they are made by name. */
const ASKED_BY_NAME: ReadonlySet<TableName> = new Set(['account', 'contact']);
const ALL_OTHERS = '*';
/** Names between two turns for other work; looking for one that is alike takes a while. */
const SLICE = 64;

export type ReferenceContext = {
  readonly sheet: number;
  readonly column: number;
  readonly heading: string;
  readonly isMandatory: boolean;
  readonly to: PlannedTable;
  readonly answers: ReadonlyMap<string, string>;
  readonly ask: (question: Question) => void;
  /** Rows that are left out: nothing is asked or made because of them. */
  readonly skip: Uint8Array | undefined;
  readonly turn: () => Promise<void>;
};

export type ResolvedReferences = Converted & {
  /** Cells that name nothing known, in a field that may stay empty. */
  readonly warnings: ReadonlyMap<number, string>;
};

/** What one text of a column came to; undefined: left open. */
export type Found = { readonly id: string } | { readonly fault: string } | { readonly warning: string } | undefined;

/** Looks for the record that a text names: by external ID, by number, by name; undefined where there is none. */
export function lookUp(text: string, to: PlannedTable): { readonly id: string } | { readonly several: number } | undefined {
  const keyed = to.idByKey(text);
  if (keyed !== undefined) return { id: keyed };
  const number = readRecordNumber(text);
  const numbered = number?.table === to.table ? to.byNumber(number.number) : undefined;
  if (numbered !== undefined) return { id: numbered.id };
  const named = to.names.exact(text);
  const [only] = named;
  if (only === undefined) return undefined;
  if (named.length === 1) return { id: only.id };
  const spelled = named.filter(({ name }) => name.trim() === text.trim());
  return spelled.length === 1 && spelled[0] !== undefined ? { id: spelled[0].id } : { several: named.length };
}

/** Whether the column holds keys rather than names, so that nothing is made or guessed from its texts. */
function holdsKeys(heading: string, distinct: readonly Distinct[], to: PlannedTable): boolean {
  if (aspectOf(heading).aspect === 'key') return true;
  const sample = distinct.slice(0, 50);
  const keyed = sample.filter(({ value }) => to.idByKey(value) !== undefined).length;
  return sample.length > 0 && keyed / sample.length > 0.5;
}

function makeByName(text: string, to: PlannedTable): { readonly id: string } {
  const record = to.plan(undefined, 'reference');
  record.values[tableOf(to.table).title[0] ?? 'name'] = text.trim();
  to.noteName(record, text.trim());
  return { id: record.id };
}

function openQuestion(context: ReferenceContext, value: string, rows: number, candidates: readonly Candidate[]): string | undefined {
  const questionId = `${context.to.table}:${value}`;
  const answer = context.answers.get(questionId);
  context.ask({
    questionId,
    sheet: context.sheet,
    column: context.column,
    value,
    rows,
    candidates,
    ...(answer === undefined ? {} : { answer }),
  });
  return answer;
}

/** Acts on an answer; undefined where it names a record that is no longer there. */
function answered(answer: string, text: string, { to }: ReferenceContext): Found {
  if (answer === 'new') return makeByName(text, to);
  if (to.has(answer)) return { id: answer };
  const [planned] = answer.startsWith('new:') ? to.names.exact(answer.slice(4)) : [];
  return planned === undefined ? undefined : { id: planned.id };
}

const label = (to: PlannedTable) => tableOf(to.table).label.toLowerCase();
const quoted = (text: string) => `“${text.slice(0, 60)}”`;

function resolveOne({ value: text, count }: Distinct, isKey: boolean, context: ReferenceContext): Found {
  const { to } = context;
  const found = lookUp(text, to);
  if (found !== undefined && 'id' in found) return found;
  const hold = { fault: `${quoted(text)} is held back until it is said which ${label(to)} is meant.` };
  if (found !== undefined) {
    const candidates = to.names.exact(text).slice(0, 5);
    const answer = openQuestion(
      context,
      text,
      count,
      candidates.map(({ key, name }) => ({ key, label: name, similarity: 1 })),
    );
    if (answer !== undefined && answer !== 'hold') return answered(answer, text, context) ?? hold;
    return { fault: `${found.several} records of type ${label(to)} are named ${quoted(text)}. Say which one is meant.` };
  }
  if (!isKey) {
    const alike = to.names.alike(text);
    if (alike.length > 0) {
      const candidates = alike.map(({ key, name, similarity }) => ({ key, label: name, similarity }));
      const answer = openQuestion(context, text, count, candidates);
      if (answer !== undefined && answer !== 'hold') return answered(answer, text, context) ?? hold;
      return {
        fault: `${quoted(text)} is no known ${label(to)}, but much like ${quoted(candidates[0]?.label ?? '')}. Say whether it is the same.`,
      };
    }
    if (MADE_BY_NAME.has(to.table)) return makeByName(text, to);
  }
  return undefined;
}

function unknown(text: string, isKey: boolean, { to, isMandatory }: ReferenceContext): Found {
  const what = isKey ? `There is no ${label(to)} with the key ${quoted(text)}` : `There is no ${label(to)} named ${quoted(text)}`;
  return isMandatory
    ? { fault: `${what}. Bring the file with the ${tableOf(to.table).plural.toLowerCase()} too, or correct it.` }
    : { warning: `${what}; the field stays empty.` };
}

/**
 * Resolves a column that refers to other records, of the set or stored: by external ID, number, then name. A name that is like
 * a known one is asked about and never guessed; an unknown one makes a new record only where that is no more than a name.
 */
export async function resolveReferences(cells: Cells, context: ReferenceContext): Promise<ResolvedReferences> {
  const { to } = context;
  const distinct = textsInUse(cells, context.skip);
  const isKey = holdsKeys(context.heading, distinct, to);
  const results = new Map<string, Found>();
  const open: Distinct[] = [];
  await to.loadNames(context.turn);
  for (const [index, one] of distinct.entries()) {
    if (index % SLICE === SLICE - 1) await context.turn();
    const found = resolveOne(one, isKey, context);
    if (found === undefined) open.push(one);
    else results.set(one.value, found);
  }
  if (open.length > 0) {
    const rows = open.reduce((sum, { count }) => sum + count, 0);
    const asked = !isKey && ASKED_BY_NAME.has(to.table);
    const answer = asked
      ? openQuestion(
          context,
          ALL_OTHERS,
          rows,
          open.slice(0, 5).map(({ value }) => ({ key: '', label: value, similarity: 0 })),
        )
      : undefined;
    for (const { value } of open) results.set(value, answer === 'new' ? makeByName(value, to) : unknown(value, isKey, context));
  }
  return byCell(cells, results);
}

/** The texts that rows which are not left out have. */
function textsInUse(cells: Cells, skip: Uint8Array | undefined): readonly Distinct[] {
  const all = distinctOf(cells).filter(({ value }) => !isNothing(value, 'other'));
  if (skip?.includes(1) !== true) return all;
  const used = new Set(Array.from(skip, (out, row) => (out === 1 ? '' : cellText(cells, row))));
  return all.filter(({ value }) => used.has(value));
}

/** The outcome of each text, put to its cells. */
export function byCell(cells: Cells, results: ReadonlyMap<string, Found>): ResolvedReferences {
  const faults = new Map<number, string>();
  const warnings = new Map<number, string>();
  const one = (text: string, index: number): string | undefined => {
    const found = results.get(text);
    if (found === undefined) return undefined;
    if ('id' in found) return found.id;
    if ('fault' in found) faults.set(index, found.fault);
    else warnings.set(index, found.warning);
    return undefined;
  };
  if (cells.kind === 'coded') return { values: cells.values.map(one), codes: cells.codes, faults, warnings };
  const values: unknown[] = [];
  for (let row = 0; row < cells.rows; row += 1) values.push(one(cellText(cells, row), row));
  return { values, codes: undefined, faults, warnings };
}
