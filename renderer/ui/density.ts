import { createContext, use } from 'react';

export type Density = 'comfortable' | 'compact';

/** How tightly rows are set; the shell provides it, lists and forms read it. */
export const DensityContext = createContext<Density>('comfortable');

/** Height of a list's row in CSS pixels; the same figures stand in tokens.css. */
export function useRowHeight(): number {
  return use(DensityContext) === 'compact' ? 28 : 34;
}
