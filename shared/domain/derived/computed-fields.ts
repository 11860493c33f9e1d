import { AppError } from '../../errors/app-error.ts';
import { BAND_CATEGORIES } from '../../model/tables/health.ts';
import { derivedFields, type DerivedFields } from './derived-field.ts';

/** Whoever asks for the value has to bring the engine's figures along: an empty health would be a wrong answer. */
const notHere = (): never => {
  throw new AppError('internal', 'Computed health was asked for where it is not known.');
};

/**
 * The computed health as fields of an engagement, for conditions, words and lists (HLT-06: beside the perceived one). Their values are
 * known to the engine alone, which puts its own in their place.
 */
export const healthFields = derivedFields('engagement', {
  health: { kind: 'number', label: 'Health score', computed: true, value: notHere },
  healthBand: { kind: 'choice', label: 'Health band', choices: BAND_CATEGORIES, computed: true, value: notHere },
  healthChange: { kind: 'number', label: 'Health, change in 7 days', computed: true, value: notHere },
  healthCoverage: { kind: 'percent', label: 'Health coverage', unit: '%', computed: true, value: notHere },
} as const);

/** The same fields with their values, by name. Throws TypeError for a field that is not one of them. */
export function withValues(values: Readonly<Record<string, (id: string) => unknown>>): DerivedFields {
  return Object.fromEntries(
    Object.entries(healthFields).map(([name, field]) => {
      const value = values[name];
      if (value === undefined) throw new TypeError(`no value for ${name}`);
      return [name, { ...field, value: ({ id }: { readonly id: string }) => value(id) }];
    }),
  );
}
