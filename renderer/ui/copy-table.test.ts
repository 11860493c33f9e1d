import { expect, test } from 'vitest';
import { tableHtml, tableText } from './copy-table.ts';

const table = {
  headings: ['Name', 'Amount'],
  numeric: [false, true],
  rows: [
    ['A\t<b>\nx', '-5.5'],
    ['=1+1', ''],
    ['-5', '7'],
  ],
};

test('REC-36 a copied table has one line a row, and no text that a spreadsheet works out', () => {
  expect(tableText(table)).toBe("Name\tAmount\r\nA <b> x\t-5.5\r\n'=1+1\t\r\n-5\t7");
});

test('REC-36 the same as HTML, with figures at the right and nothing that is markup', () => {
  const html = tableHtml(table);
  expect(html).toContain('<td>A\t&lt;b&gt;\nx</td><td align="right">-5.5</td>');
  expect(html).toContain('<th>Name</th>');
  expect(html.match(/<tr>/g)).toHaveLength(4);
});
