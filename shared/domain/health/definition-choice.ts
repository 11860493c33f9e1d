/** Why a health definition cannot ask for health. */
export const HEALTH_IS_CIRCULAR = 'health is worked out by the definition that this decides about';

/** What decides between health definitions: a row of `healthDefinition`, or a draft of one. */
export type Choosable = {
  readonly id: string;
  readonly rank: number;
  readonly global?: boolean | undefined;
  readonly state?: string | undefined;
};

/**
 * Published definitions in the order in which they are asked: those with a filter by rank, then by ID; the global one last
 * (scoring.md 1.1). A definition that is neither global nor filtered applies to nobody.
 */
export function inOrderOfChoice<D extends Choosable>(definitions: Iterable<D>): readonly D[] {
  const published = [...definitions].filter(({ state }) => state === 'published');
  return published.sort((a, b) => Number(a.global === true) - Number(b.global === true) || a.rank - b.rank || (a.id < b.id ? -1 : 1));
}

/** The definition that scores an engagement: the first that is global or whose filter matches; undefined: not scored. */
export function chooseDefinition<D extends Choosable>(inOrder: readonly D[], matches: (definition: D) => boolean): D | undefined {
  return inOrder.find((definition) => definition.global === true || matches(definition));
}
