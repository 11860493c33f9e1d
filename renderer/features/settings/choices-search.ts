import { choiceListNamed } from '#shared/domain/choices.ts';

export type ChoicesSearch = { readonly list?: string };

/** Reads an address that anyone may have typed. */
export function readChoicesSearch({ list }: Readonly<Record<string, unknown>>): ChoicesSearch {
  return typeof list === 'string' && choiceListNamed(list) !== undefined ? { list } : {};
}
