import { fold } from '../../util/folding.ts';

/** A word in braces: `{contact}`, `{Due date}`. */
const PLACE = /\{([^{}\n]{1,60})\}/gu;

/**
 * A text to answer with, its words in braces filled in from the record (REC-39). `valueOf` is asked with the word as it stands; what it
 * does not know, or what is empty, stays in its braces, so that nobody sends a gap unseen.
 */
export function fillAnswer(body: string, valueOf: (word: string) => string | undefined): string {
  return body.replaceAll(PLACE, (whole, word: string) => {
    const value = valueOf(word.trim());
    return value === undefined || value === '' ? whole : value;
  });
}

/** The words in braces that are still to be filled in. */
export function openPlaces(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACE)].map((match) => match[1] ?? ''))];
}

/** The name among `names` (field → label) that a word in braces means: the field's own name or its label, however it is written. */
export function placeOf(word: string, names: Readonly<Record<string, string>>): string | undefined {
  const wanted = fold(word);
  return Object.keys(names).find((name) => name === word || fold(name) === wanted || fold(names[name] ?? '') === wanted);
}
