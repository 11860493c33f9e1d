/** The kinds of definition, as tabs. */
export const DEFINITION_TABS = { health: 'Health', risk: 'Risks', source: 'Data sources', band: 'Colour bands' } as const;
export type DefinitionTab = keyof typeof DEFINITION_TABS;
export type DefinitionsSearch = { readonly tab?: DefinitionTab };

const isTab = (value: unknown): value is DefinitionTab => typeof value === 'string' && Object.hasOwn(DEFINITION_TABS, value);

/** Reads an address that anyone may have typed. */
export function readDefinitionsSearch(search: Readonly<Record<string, unknown>>): DefinitionsSearch {
  const { tab } = search;
  return isTab(tab) && tab !== 'health' ? { tab } : {};
}
