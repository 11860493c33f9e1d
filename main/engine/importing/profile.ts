import { z } from 'zod';
import { DATE_ORDERS } from '#shared/contract/areas/importing.ts';
import { fieldLabel } from '#shared/domain/importing/import-fields.ts';
import { ENGAGEMENT_CHOICES, type EngagementChoice, type SheetChoice } from '#shared/domain/importing/plan/plan-types.ts';
import type { Json } from '#shared/model/field.ts';
import { isTableName, type TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';

const target = z.union([z.custom<TableName>((value) => typeof value === 'string' && isTableName(value)), z.literal('series')]);
const profileSchema = z.object({
  version: z.literal(1),
  sheets: z.array(
    z.object({
      file: z.string(),
      into: target.optional(),
      columns: z.array(z.object({ heading: z.string(), field: z.string().optional(), dateOrder: z.enum(DATE_ORDERS).optional() })),
    }),
  ),
  engagements: z.enum(ENGAGEMENT_CHOICES),
});
export type Profile = z.output<typeof profileSchema>;

/** How alike the headings of a file must be to those of a profile, as a share of all headings. */
const ALIKE = 0.8;

/** What a profile remembers of a session: headings and where they went, never values. */
export function profileOf(sheets: readonly SheetChoice[], engagements: EngagementChoice): Json {
  return {
    version: 1,
    engagements,
    sheets: sheets.map(({ sheet, into, columns }) => ({
      file: sheet.sheet ?? sheet.file,
      ...(into === undefined ? {} : { into }),
      columns: columns.map(({ index, field, dateOrder }) => ({
        heading: sheet.headings[index] ?? '',
        ...(field === undefined ? {} : { field }),
        ...(dateOrder === undefined ? {} : { dateOrder }),
      })),
    })),
  };
}

/** A profile as stored, or undefined where the record holds none. */
function parseProfile(value: unknown): Profile | undefined {
  const parsed = profileSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function likeness(headings: readonly string[], remembered: readonly string[]): number {
  const known = new Set(remembered);
  const same = headings.filter((heading) => known.has(heading)).length;
  return same / Math.max(1, headings.length + remembered.length - same);
}

type ProfileSheet = Profile['sheets'][number];

function sheetFor(choice: SheetChoice, profile: Profile): ProfileSheet | undefined {
  const { headings } = choice.sheet;
  const scored = profile.sheets.map((sheet) => ({
    sheet,
    score: likeness(
      headings,
      sheet.columns.map(({ heading }) => heading),
    ),
    sameFile: sheet.file === (choice.sheet.sheet ?? choice.sheet.file),
  }));
  const [best] = scored.toSorted((a, b) => b.score - a.score || Number(b.sameFile) - Number(a.sameFile));
  return best !== undefined && best.score >= ALIKE ? best.sheet : undefined;
}

/** The named profile, or the one whose sheets have the headings of all tables of the set. */
export function findProfile(
  view: ReadView,
  sheets: readonly SheetChoice[],
  name?: string,
): { readonly name: string; readonly profile: Profile } | undefined {
  for (const row of view.all('importProfile')) {
    const profile = parseProfile(row.profile);
    if (profile === undefined) continue;
    if (name !== undefined ? row.name === name : sheets.length > 0 && sheets.every((sheet) => sheetFor(sheet, profile) !== undefined))
      return { name: row.name, profile };
  }
  return undefined;
}

/** Maps the sheets as the profile remembers; a sheet or heading that it does not know stays as recognised. */
export function applyProfile(sheets: readonly SheetChoice[], name: string, profile: Profile): readonly SheetChoice[] {
  const reason = `As in the profile “${name}”`;
  return sheets.map((choice) => {
    const known = sheetFor(choice, profile);
    if (known === undefined) return choice;
    const columns = choice.columns.map((column) => {
      const remembered = known.columns.find(({ heading }) => heading === choice.sheet.headings[column.index]);
      if (remembered === undefined) return known.into === choice.into ? column : { index: column.index };
      const isField = remembered.field !== undefined && known.into !== undefined && fieldLabel(known.into, remembered.field) !== undefined;
      return {
        index: column.index,
        ...(isField && remembered.field !== undefined ? { field: remembered.field, reason } : {}),
        ...(remembered.dateOrder === undefined ? {} : { dateOrder: remembered.dateOrder }),
      };
    });
    return { ...choice, into: known.into, reason, columns };
  });
}
