import { fold } from '../../util/folding.ts';

/** A person that can be mentioned. */
export type Mentionable = { readonly id: string; readonly name: string; readonly number?: string | undefined };
/** Where in a text somebody is mentioned, from the `@` on; `end` is behind the last character. */
export type Mention = { readonly start: number; readonly end: number; readonly userId: string };

/** What is written for a person: `@Name`, with the number where others have the same name. */
export function mentionText({ name, number }: Mentionable, hasNamesake: boolean): string {
  return hasNamesake && number !== undefined ? `@${name} (${number})` : `@${name}`;
}

const BEFORE = /[\p{L}\p{N}_.]/u;
const WORD = /[\p{L}\p{N}_]/u;

/** Finds mentions among known people. Make it once for many texts. */
export function mentionFinder(people: readonly Mentionable[]): (text: string) => readonly Mention[] {
  const byFirst = Map.groupBy(
    people.filter(({ name }) => name.trim() !== ''),
    ({ name }) => firstWord(name),
  );
  for (const [word, named] of byFirst)
    byFirst.set(
      word,
      named.toSorted((a, b) => b.name.length - a.name.length),
    );
  return (text) => {
    const found: Mention[] = [];
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      // the @ of an address is no mention
      if (BEFORE.test(text.charAt(at - 1))) continue;
      found.push(...mentionsAt(text, at, byFirst.get(firstWord(text.slice(at + 1, at + 80))) ?? []));
    }
    return found;
  };
}

function firstWord(text: string): string {
  return fold(text.trimStart().split(/\s/u)[0] ?? '').replace(/[^\p{L}\p{N}].*$/u, '');
}

/** The people that the longest name at this place stands for: all namesakes, unless a number says which. */
function mentionsAt(text: string, at: number, candidates: readonly Mentionable[]): Mention[] {
  const rest = text.slice(at + 1);
  const [longest] = candidates.filter(({ name }) => begins(rest, name));
  if (longest === undefined) return [];
  const { length } = longest.name;
  const namesakes = candidates.filter(({ name }) => name.length === length && begins(rest, name));
  const numbered = namesakes.find(({ number }) => number !== undefined && rest.slice(length).startsWith(` (${number})`));
  if (numbered?.number !== undefined) return [{ start: at, end: at + 1 + length + numbered.number.length + 3, userId: numbered.id }];
  return namesakes.map(({ id }) => ({ start: at, end: at + 1 + length, userId: id }));
}

function begins(text: string, name: string): boolean {
  return fold(text.slice(0, name.length)) === fold(name) && !WORD.test(text.charAt(name.length));
}
