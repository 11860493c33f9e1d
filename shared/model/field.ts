import type { Condition } from './condition.ts';

/** Integer minor units (cents) with the ISO 4217 code. */
export type Money = { readonly amount: number; readonly currency: string };
/** One entry of work notes or comments: who, when, what. Entries are only ever appended. */
export type JournalEntry = { readonly at: string; readonly by: string; readonly text: string };
/** Values that a `json` field may hold: plain data that survives structured clone. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a field's value is in a stored row. An empty field is absent, never null. */
export type KindValue = {
  text: string;
  longText: string;
  email: string;
  url: string;
  choice: string;
  reference: string;
  references: readonly string[];
  /** A record of one of several types: `'<table>/<id>'` (`any-reference.ts`). */
  anyReference: string;
  date: string;
  instant: string;
  money: Money;
  number: number;
  integer: number;
  percent: number;
  boolean: boolean;
  tags: readonly string[];
  journal: readonly JournalEntry[];
  condition: Condition;
  json: Json;
};
export type FieldKind = keyof KindValue;

/** How concurrent edits of this field meet (`spec/sync.md` S4). */
export type MergePolicy = 'latest' | 'review' | 'refuse' | 'append' | 'set' | 'max' | 'min' | 'counter';

export type FieldOptions = {
  readonly mandatory?: true;
  /** Set by rules, jobs or the store; forms show it, users and files cannot write it. */
  readonly readOnly?: true;
  readonly help?: string;
  readonly merge?: MergePolicy;
  /** Weight in full-text search; absent: not searched. */
  readonly search?: number;
  /** Shown in a list by default, in this order. */
  readonly column?: number;
  /** Other headings under which files bring this field (compared case-, space- and punctuation-blind). */
  readonly synonyms?: readonly string[];
  readonly section?: string;
  /** The store keeps an in-memory index by this field (references have one anyway). */
  readonly indexed?: true;
};

export type Field<K extends FieldKind = FieldKind, V = KindValue[K], M extends boolean = boolean> = FieldOptions & {
  readonly kind: K;
  readonly label: string;
  readonly isMandatory: M;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** Choice fields: value → label in the order of display. */
  readonly choices?: Readonly<Record<string, string>>;
  /**
   * Choice fields whose list an administrator may extend (REC-35); the text names the field whose list this one shares
   * (`riskSignal.category`). States and stages are never extensible, as rules depend on them.
   */
  readonly extensible?: true | string;
  /** Extensible choice fields: the name of their list, `table.field`. Set by `defineTable`. */
  readonly list?: string;
  /** Reference fields: the table they point to. */
  readonly to?: string;
  /** `anyReference` fields: the tables they may point to; absent: any. */
  readonly toAny?: readonly string[];
  readonly default?: V;
  /** Never present at run time: carries the value's type. */
  readonly value?: V;
};

type Bounds = { readonly min?: number; readonly max?: number; readonly unit?: string };
type Extra<V> = FieldOptions & { readonly default?: V; readonly maxLength?: number } & Bounds;
/** Extensible fields also take choices that only the store knows. */
type ChoiceValue<C, O> = O extends { readonly extensible: true | string } ? string : keyof C & string;
type IsMandatory<O> = O extends { readonly mandatory: true } ? true : false;

function make<K extends FieldKind, O extends Extra<KindValue[K]>>(
  kind: K,
  label: string,
  options: O | undefined,
): Field<K, KindValue[K], IsMandatory<O>> {
  const isMandatory = (options?.mandatory === true) as IsMandatory<O>; // the conditional type mirrors this very test
  return { ...options, kind, label, isMandatory };
}

const of =
  <K extends FieldKind>(kind: K) =>
  <const O extends Extra<KindValue[K]> = Record<never, never>>(label: string, options?: O) =>
    make<K, O>(kind, label, options);

/** Constructors of fields, one per kind: `f.text('Name', { mandatory: true })`. */
export const f = {
  text: of('text'),
  longText: of('longText'),
  email: of('email'),
  url: of('url'),
  date: of('date'),
  instant: of('instant'),
  money: of('money'),
  number: of('number'),
  integer: of('integer'),
  percent: of('percent'),
  boolean: of('boolean'),
  tags: of('tags'),
  journal: of('journal'),
  condition: of('condition'),
  json: of('json'),
  choice: <
    const C extends Readonly<Record<string, string>>,
    const O extends FieldOptions & { readonly default?: keyof C & string; readonly extensible?: true | string } = Record<never, never>,
  >(
    label: string,
    choices: C,
    options?: O,
  ): Field<'choice', ChoiceValue<C, O>, IsMandatory<O>> => {
    const isMandatory = (options?.mandatory === true) as IsMandatory<O>; // as in make
    return { ...options, kind: 'choice', label, choices, isMandatory };
  },
  reference: <const O extends FieldOptions = Record<never, never>>(
    label: string,
    to: string,
    options?: O,
  ): Field<'reference', string, IsMandatory<O>> => ({
    ...make('reference', label, options),
    to,
  }),
  references: <const O extends FieldOptions = Record<never, never>>(
    label: string,
    to: string,
    options?: O,
  ): Field<'references', readonly string[], IsMandatory<O>> => ({
    ...make('references', label, options),
    to,
  }),
  anyReference: <const O extends FieldOptions & { readonly to?: readonly string[] } = Record<never, never>>(
    label: string,
    options?: O,
  ): Field<'anyReference', string, IsMandatory<O>> => {
    const { to, ...rest }: FieldOptions & { readonly to?: readonly string[] } = options ?? {};
    const isMandatory = (rest.mandatory === true) as IsMandatory<O>; // as in make
    return { ...rest, kind: 'anyReference', label, isMandatory, ...(to === undefined ? {} : { toAny: to }) };
  },
} as const;

export type Fields = Readonly<Record<string, Field>>;
