import { parseRef, refsIn, type AnyRef } from '../../model/any-reference.ts';
import { tableNames, tableOf, type AnyRow, type Row, type TableName } from '../../model/dictionary.ts';
import { linkValue } from '../../model/links.ts';
import { linksInto } from '../../model/work-links.ts';
import type { ReadView } from '../view.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule, type Effect, type FieldsToSet } from './rule.ts';

/** The account and engagement that a record has or is. */
type Place = { readonly account: string | undefined; readonly engagement: string | undefined };

/** Ledger rows of the types, for a rule that each of them has. */
const ROWS: Partial<Record<TableName, string>> = {
  successObjective: 'REC-11',
  successOutcome: 'REC-12',
  successInitiative: 'REC-13',
  successCase: 'REC-14',
  successTask: 'REC-15',
  touchpoint: 'REC-16',
  internalPlay: 'REC-19',
  internalPlayTask: 'REC-20',
  riskSolution: 'REC-23',
  onboardingTask: 'REC-25',
  dataImportTask: 'REC-26',
  approval: 'REC-34',
};

const textIn = (row: AnyRow, field: string): string | undefined => {
  const value = row[field];
  return typeof value === 'string' ? value : undefined;
};

/** Where a record belongs: an account to itself, an engagement to itself and its account, others to what they say. */
function placeOf({ table, id }: AnyRef, view: ReadView): Place | undefined {
  const row: AnyRow | undefined = view.get(table, id);
  if (row === undefined) return undefined;
  return {
    account: table === 'account' ? id : textIn(row, 'account'),
    engagement: table === 'engagement' ? id : textIn(row, 'engagement'),
  };
}

/** The fields that a record takes from what it belongs to; undefined where they are right already. */
function taken(table: TableName, row: AnyRow, view: ReadView): FieldsToSet | undefined {
  const { placedBy: first = '', elsePlacedBy, fields } = tableOf(table);
  const placedBy = elsePlacedBy !== undefined && row[first] === undefined ? elsePlacedBy : first;
  const field = fields[placedBy];
  const [ref] = field === undefined ? [] : refsIn(field, row[placedBy]);
  const place = ref && placeOf(ref, view);
  const own = (['account', 'engagement'] as const).filter((name) => name !== placedBy && fields[name] !== undefined);
  if (own.every((name) => row[name] === place?.[name])) return undefined;
  return Object.fromEntries(own.map((name) => [name, place?.[name] ?? null]));
}

/** What belongs to a record takes its account and engagement from it. */
function placed(table: TableName): AnyRule {
  const fill = rule(ROWS[table] ?? 'BR-42', table, SAVED, {
    fill: ({ view }, { after }) => (after === undefined ? undefined : taken(table, after, view)),
  });
  return fill as AnyRule; // made for this very table
}

/** When a record moves to another account or engagement, what belongs to it moves along. */
function movesAlong(to: TableName): AnyRule {
  const effects = rule(ROWS[to] ?? 'BR-42', to, ['update'], {
    fields: ['account', 'engagement'],
    effects: ({ view }, { after }) =>
      after === undefined
        ? []
        : linksInto(to, 'placedBy').flatMap((link) =>
            (view.by(link.table, link.field, linkValue(link, after.id)) as readonly AnyRow[]) // Row seen generically
              .flatMap((row): readonly Effect[] => {
                const set = taken(link.table, row, view);
                return set === undefined ? [] : [{ table: link.table, id: row.id, set }];
              }),
          ),
  });
  return effects as AnyRule; // made for this very table
}

/** What a risk signal hangs on places it; where that has no engagement (an onboarding case), the signal may name one. */
function signalPlace(signal: Row<'riskSignal'>, view: ReadView): Place {
  const about = parseRef(signal.about);
  return (about && placeOf(about, view)) ?? { account: undefined, engagement: undefined };
}

/** REC-21: a signal takes engagement and account from what it hangs on. */
const signalPlaced = rule('REC-21', 'riskSignal', SAVED, {
  fill: ({ view }, { before, after }) => {
    if (after === undefined) return undefined;
    const place = signalPlace(after, view);
    const follows =
      after.engagement === undefined || (before !== undefined && before.about !== after.about && before.engagement === after.engagement);
    const engagement = follows ? (place.engagement ?? after.engagement) : after.engagement;
    const account = engagement === undefined ? place.account : view.get('engagement', engagement)?.account;
    return engagement === after.engagement && account === after.account
      ? undefined
      : { engagement: engagement ?? null, account: account ?? null };
  },
  check: ({ view, puttingBack }, change) => {
    const { after } = change;
    if (after === undefined || puttingBack) return undefined;
    const about = parseRef(after.about);
    if (about === undefined && after.engagement === undefined)
      return refusal(
        'BR-01',
        change,
        `${sentence(nameOf('riskSignal', after, view))} needs an engagement, or what it is about. Fill in Engagement or About.`,
        { field: 'engagement' },
      );
    const place = signalPlace(after, view);
    const target: AnyRow | undefined = about && view.get(about.table, about.id);
    const apart =
      (place.engagement !== undefined && place.engagement !== after.engagement) ||
      (place.account !== undefined && after.account !== undefined && place.account !== after.account);
    if (about === undefined || target === undefined || !apart) return undefined;
    return refusal(
      'REC-21',
      change,
      `${sentence(nameOf('riskSignal', after, view))} is about ${nameOf(about.table, target, view)}, which belongs elsewhere than the engagement of the signal. Choose the engagement of the record, or leave Engagement empty.`,
      { field: 'engagement', blocking: [{ table: about.table, id: about.id, label: nameOf(about.table, target, view) }] },
    );
  },
});

/** A signal without an engagement follows the account of what it hangs on. */
const signalsMove = rule('REC-21', 'onboardingCase', ['update'], {
  fields: ['account'],
  effects: ({ view }, { after }) =>
    after === undefined
      ? []
      : view
          .by('riskSignal', 'about', `onboardingCase/${after.id}`)
          .filter(({ engagement }) => engagement === undefined)
          .map(({ id }) => ({ table: 'riskSignal', id, set: { account: after.account } })),
});

/** Where work belongs: taken from what it is part of, whichever way it was saved. */
export const placementRules: readonly AnyRule[] = [
  ...tableNames.filter((table) => tableOf(table).placedBy !== undefined).map(placed),
  ...tableNames.filter((table) => linksInto(table, 'placedBy').length > 0).map(movesAlong),
  signalPlaced,
  signalsMove,
];
