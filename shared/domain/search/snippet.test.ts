import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitOf, mistypedFitOf } from './fits.ts';
import { askedWords } from './searched-text.ts';
import { hasAll, snippetOf } from './snippet.ts';

const texts = [
  { field: 'subject', text: 'Quarterly review', weight: 5 },
  {
    field: 'description',
    text: 'We talked at length about many things that do not matter here, and then about the renewal, which Zoë’s team wants to sign in Malmö before spring.',
    weight: 1,
  },
];
const shown = (question: string) => {
  const found = snippetOf(texts, askedWords(question));
  return found && [found.field, found.parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')];
};

test.each([
  ['review', ['subject', 'Quarterly [review]']],
  ['quart', ['subject', '[Quarterly] review']],
  [
    'malmo renew',
    ['description', '… not matter here, and then about the [renewal], which Zoë’s team wants to sign in [Malmö] before spring.'],
  ],
  ['reviwe', ['subject', 'Quarterly [review]']],
  ['zoes', ['description', '… the renewal, which [Zoë’s] team wants to sign in Malmö before spring.']],
  ['nothing', undefined],
])('UX-02 for %j it shows where it was found', (question, expected) => {
  const found = shown(question);
  if (expected === undefined) return expect(found).toBeUndefined();
  expect(found?.[0]).toBe(expected[0]);
  expect(found?.[1]).toContain(expected[1]?.replace(/^… /, ''));
});

test('UX-02 the parts of a snippet are the text itself, in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 8 }), (text, question) => {
      const found = snippetOf([{ field: 'x', text, weight: 1 }], askedWords(question));
      if (found === undefined) return;
      const joined = found.parts.map((part) => part.text).join('');
      expect(text).toContain(joined.replace(/^… /, '').replace(/ …$/, ''));
      expect(found.parts.some((part) => part.hit)).toBe(true);
    }),
  );
});

test('UX-02 all words have to be there, wherever', () => {
  expect(hasAll(texts, askedWords('review malmo'))).toBe(true);
  expect(hasAll(texts, askedWords('review oslo'))).toBe(false);
});

test('UX-02 a word fits whole, by its beginning, with a mistake; better in this order', () => {
  const fits = [fitOf('renewal', 'renewal'), fitOf('renew', 'renewal'), mistypedFitOf('renewla', 'renewal')];
  expect(fits.toSorted((a, b) => b - a)).toEqual(fits);
  expect(fits.every((fit) => fit > 0)).toBe(true);
  expect(mistypedFitOf('cat', 'car')).toBe(0);
  expect(mistypedFitOf('xenewal', 'renewal')).toBe(0);
});
