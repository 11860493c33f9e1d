import { choicesIn, offeredWords, type ChoiceView } from '#shared/domain/choices.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Field } from '#shared/model/field.ts';
import { EXAMPLE_LINE } from '../read/table-builder.ts';
import { templateFields } from './export-columns.ts';
import { writeCsv } from './csv.ts';
import { writeWorkbook } from './xlsx.ts';

/** Name of the sheet that explains a template; it is left out when the workbook is brought in. */
const GUIDE = 'Guide';

const KINDS: Readonly<Record<Field['kind'], string>> = {
  text: 'Text',
  longText: 'Text of any length',
  email: 'E-mail address',
  url: 'Web address',
  choice: 'One of the choices',
  reference: 'External ID, number or name of another record',
  references: 'Records',
  anyReference: 'Number of another record, or its type and its external ID or name: “Engagement: E-17”',
  date: 'Date, YYYY-MM-DD',
  instant: 'Date and time, YYYY-MM-DD HH:MM',
  money: 'Amount, with its currency or without',
  number: 'Number',
  integer: 'Whole number',
  percent: 'Percent, 0 to 100',
  boolean: 'yes or no',
  tags: 'Words with semicolons between them',
  journal: 'Text',
  condition: 'Condition',
  json: 'Data',
};

function exampleOf(field: Field, view: ChoiceView): string {
  const { kind, label, min, max } = field;
  switch (kind) {
    case 'choice':
      return choicesIn(view, field).find(({ active }) => active)?.label ?? '';
    case 'date':
      return '2025-03-31';
    case 'instant':
      return '2025-03-31 14:30';
    case 'money':
      return '1234.50 USD';
    case 'number':
    case 'integer':
    case 'percent':
      return String(Math.min(max ?? 12, Math.max(min ?? 0, 12)));
    case 'boolean':
      return 'yes';
    case 'email':
      return 'kim@example.com';
    case 'url':
      return 'https://example.com';
    case 'tags':
      return 'one; two';
    case 'text':
    case 'longText':
    case 'reference':
    case 'references':
    case 'anyReference':
    case 'journal':
    case 'condition':
    case 'json':
      return `Example ${label.toLowerCase()}`;
  }
}

/** An empty file of a record type: its headings, an example line, and (in a workbook) what each column takes. */
export async function writeTemplate(table: TableName, format: 'csv' | 'xlsx', view: ChoiceView): Promise<Uint8Array<ArrayBuffer>> {
  const { plural } = tableOf(table);
  const fields = templateFields(table);
  const headings = fields.map(({ field }) => field.label);
  const example = fields.map(({ field }, index) => (index === 0 ? `${EXAMPLE_LINE}: ${exampleOf(field, view)}` : exampleOf(field, view)));
  if (format === 'csv') return writeCsv(headings, [example]);
  const guide = fields.map(({ field }) => [
    field.label,
    field.isMandatory && field.default === undefined ? 'yes' : 'no',
    KINDS[field.kind],
    offeredWords(view, field),
    field.help ?? '',
    exampleOf(field, view),
  ]);
  return writeWorkbook([
    { name: plural, headings, rows: [example] },
    {
      name: GUIDE,
      headings: ['Column', 'Must be filled', 'Takes', 'Choices', 'Help', 'Example'],
      rows: guide,
      widths: [24, 14, 40, 60, 60, 30],
    },
  ]);
}
