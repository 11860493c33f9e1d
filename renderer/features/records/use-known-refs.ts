import { useState } from 'react';
import type { Reference } from '../../ui/reference.ts';

type Refs = Readonly<Record<string, Reference>>;

/**
 * The names of all records that the windows of a list have brought so far. The same object as long as none of them is called
 * anything else: rows that stay on screen while a list scrolls are not drawn again because of names that they do not show.
 */
export function useKnownRefs(refs: Refs | undefined): Refs {
  const [known, setKnown] = useState<Record<string, Reference>>({});
  const [seen, setSeen] = useState<Refs>();
  if (refs === undefined || refs === seen) return known;
  setSeen(refs);
  const isOther = Object.entries(refs).some(([id, { label }]) => known[id] !== undefined && known[id].label !== label);
  if (isOther) {
    const renamed = { ...known, ...refs };
    setKnown(renamed);
    return renamed;
  }
  // new names alone are for rows that are drawn for the first time now: nobody has read them before
  Object.assign(known, refs);
  return known;
}
