/** A text as what it has in common with another at its beginning and end, and what is different in between. */
export type Parts = { readonly before: string; readonly changed: string; readonly after: string };

/** Where a text differs from the one it was made of, by whole words. */
export function changedPart(base: string, text: string): Parts {
  // words and what stands between them, so that joining them gives the text back
  const from = base.split(/(\s+)/);
  const to = text.split(/(\s+)/);
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  return {
    before: to.slice(0, start).join(''),
    changed: to.slice(start, to.length - end).join(''),
    after: to.slice(to.length - end).join(''),
  };
}
