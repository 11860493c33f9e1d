import { expect, test } from 'vitest';
import { addressOfLink, isAddress, linkIn } from './deep-link.ts';

test.each([
  ['satchel://r/ENG0001042', '/r/ENG0001042'],
  ['satchel://r/0198aaaa-0000-7000-0001-000000000001/', '/r/0198aaaa-0000-7000-0001-000000000001'],
  ['SATCHEL://r/x', '/r/x'],
  ['satchel://r/', undefined],
  ['satchel://r/a/b', undefined],
  ['satchel://r/../settings', undefined],
  ['satchel://settings', undefined],
  ['satchel:///r/x', undefined],
  ['https://r/x', undefined],
  ['satchel://r/x?y=1', undefined],
  [`satchel://r/${'x'.repeat(65)}`, undefined],
])('DSK-04 the link %s leads to %s', (link, address) => {
  expect(addressOfLink(link)).toBe(address);
});

test('DSK-04 a link is found among the words that Satchel was started with', () => {
  expect(linkIn(['/opt/satchel', '--devtools', 'satchel://r/TCH0000001'])).toBe('/r/TCH0000001');
  expect(linkIn(['/opt/satchel', '.'])).toBeUndefined();
});

test('DSK-04 only paths of the application are opened', () => {
  expect(isAddress('/records/meeting/0198-aa')).toBe(true);
  for (const wrong of ['records', 'https://x', '/a b', '/<script>', `/${'x'.repeat(301)}`, 7, undefined])
    expect(isAddress(wrong)).toBe(false);
});
