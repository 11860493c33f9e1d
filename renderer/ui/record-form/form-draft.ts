import type { AnyRow } from '#shared/model/dictionary.ts';
import type { Reference } from '../reference.ts';
import { withValue, type RawValue, type RawValues } from './raw-values.ts';

/** What is being typed, with the names of records that were picked: all of it survives a reload. */
export type FormDraft = {
  readonly values: RawValues;
  readonly picked: Readonly<Record<string, string>>;
  /** Revision of the record that the person saw when the typing began. */
  readonly baseRev?: number | undefined;
  /** What stood in each field when its typing began, so that a change by someone else in between is seen. */
  readonly base?: RawValues | undefined;
  /** When something was typed last. */
  readonly savedAt?: string | undefined;
};
export const EMPTY_DRAFT: FormDraft = { values: {}, picked: {} };

const same = (a: RawValue | undefined, b: RawValue | undefined) => JSON.stringify(a) === JSON.stringify(b);

/** The draft with a field typed into; a value equal to the stored one leaves the draft. */
export function typed(
  draft: FormDraft,
  name: string,
  {
    raw,
    stored,
    row,
    picked = [],
  }: { raw: RawValue; stored: RawValue; row: AnyRow | undefined; picked?: readonly Reference[] | undefined },
): FormDraft {
  const values = withValue(draft.values, name, raw, stored);
  const names = Object.fromEntries(picked.map((one) => [one.id, one.label]));
  if (row === undefined) return { ...draft, values, picked: { ...draft.picked, ...names } };
  const { [name]: before, ...others } = draft.base ?? {};
  const base = values[name] === undefined ? others : { ...others, [name]: before ?? stored };
  return { ...draft, values, base, baseRev: draft.baseRev ?? row.rev, picked: { ...draft.picked, ...names } };
}

/** The draft without what was typed into a field. */
export function untyped(draft: FormDraft, name: string): FormDraft {
  const { [name]: _value, ...values } = draft.values;
  const { [name]: _base, ...base } = draft.base ?? {};
  return { ...draft, values, base };
}

/** Whether someone else has changed a field since its typing began. */
export function isOvertaken(draft: FormDraft, name: string, stored: RawValue): boolean {
  const base = draft.base?.[name];
  return base !== undefined && !same(base, stored) && !same(draft.values[name], stored);
}

/** Keeps what was typed although someone else has changed the field meanwhile: it is now said knowing that. */
export function insisted(draft: FormDraft, name: string, stored: RawValue, rev: number): FormDraft {
  return { ...draft, base: { ...draft.base, [name]: stored }, baseRev: rev };
}

/** Whether something read from the device is a draft. */
export function isFormDraft(value: unknown): value is FormDraft {
  if (typeof value !== 'object' || value === null || !('values' in value) || !('picked' in value)) return false;
  return typeof value.values === 'object' && value.values !== null && typeof value.picked === 'object' && value.picked !== null;
}

/** Whether anything is typed in it. */
export function hasValues({ values }: FormDraft): boolean {
  return Object.keys(values).length > 0;
}
