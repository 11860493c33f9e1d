import { fold } from '../../util/folding.ts';
import { fitOf, mistypedFitOf } from './fits.ts';
import type { SearchedText } from './searched-text.ts';

/** A piece of a text; `hit` where it is what was looked for. */
export type SnippetPart = { readonly text: string; readonly hit: boolean };
/** Where a record answers the question: its field, and the text around. */
export type Snippet = { readonly field: string; readonly parts: readonly SnippetPart[] };

type Word = { readonly from: number; readonly to: number; readonly asked: number };

const WORD = /[\p{L}\p{N}\p{M}'’]+/gu;
/** Characters shown in front of the first hit, and altogether. */
const BEFORE = 40;
const SHOWN = 160;

/** Which of the asked words a word is (its index), -1 for none. */
function askedBy(asked: readonly string[], word: string): number {
  const folded = fold(word);
  if (folded === '') return -1;
  const plain = asked.findIndex((one) => fitOf(one, folded) > 0);
  return plain === -1 ? asked.findIndex((one) => mistypedFitOf(one, folded) > 0) : plain;
}

function hitsIn(text: string, asked: readonly string[]): Word[] {
  const hits: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const at = askedBy(asked, match[0]);
    if (at !== -1) hits.push({ from: match.index, to: match.index + match[0].length, asked: at });
  }
  return hits;
}

/** Whether every asked word is in one of the texts. */
export function hasAll(texts: readonly SearchedText[], asked: readonly string[]): boolean {
  const found = new Set<number>();
  // a word of the text may answer several asked ones
  for (const { text } of texts)
    for (const [word] of text.matchAll(WORD)) {
      const folded = fold(word);
      asked.forEach((one, at) => {
        if (!found.has(at) && (fitOf(one, folded) > 0 || mistypedFitOf(one, folded) > 0)) found.add(at);
      });
    }
  return found.size === asked.length;
}

function cut(text: string, hits: readonly Word[]): SnippetPart[] {
  const first = hits[0]?.from ?? 0;
  const space = first > BEFORE ? text.indexOf(' ', first - BEFORE) : -1;
  const start = first <= BEFORE ? 0 : space === -1 || space >= first ? first : space + 1;
  const last = Math.min(text.length, start + SHOWN);
  const parts: SnippetPart[] = start > 0 ? [{ text: '… ', hit: false }] : [];
  let at = start;
  for (const { from, to } of hits) {
    if (to > last) break;
    if (from > at) parts.push({ text: text.slice(at, from), hit: false });
    parts.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  const cutOff = last < text.length;
  const end = cutOff ? Math.max(at, text.lastIndexOf(' ', last)) : last;
  if (end > at || cutOff) parts.push({ text: `${text.slice(at, end)}${cutOff ? ' …' : ''}`, hit: false });
  return parts;
}

/** The text of a record that answers most of the asked words (of equals the weightiest), cut around the first of them; undefined where none does. */
export function snippetOf(texts: readonly SearchedText[], asked: readonly string[]): Snippet | undefined {
  let best: { readonly text: SearchedText; readonly hits: readonly Word[]; readonly words: number } | undefined;
  for (const text of texts) {
    const hits = hitsIn(text.text, asked);
    const words = new Set(hits.map((hit) => hit.asked)).size;
    if (words === 0) continue;
    if (best === undefined || words > best.words || (words === best.words && text.weight > best.text.weight)) best = { text, hits, words };
  }
  return best && { field: best.text.field, parts: cut(best.text.text, best.hits) };
}
