import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { refTo } from '#shared/model/any-reference.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { factorsOf, formulaOf, type TodayFormula } from '#shared/domain/today/formula.ts';
import { rankToday, type Ranked } from '#shared/domain/today/rank.ts';
import type { EngineContext } from '../context.ts';
import type { Figures } from '../jobs/figures.ts';
import { refOf } from '../portfolio/record-refs.ts';
import { engagementsOf, findToday, type Found, type Whose } from './candidates.ts';
import { prepareStandings, standingsOf, type Standing, type Standings } from './stakes.ts';

type List = Output<'today.list'>;
type Line = List['lines'][number];
type StakeReason = Output<'outreach.unanswered'>['lines'][number]['reasons'][number];

const NEAR_RENEWAL = 90;

/** The lines that a person has put off and that are still put off, as `kind table/id`. */
function snoozedBy({ view }: EngineContext, actor: string, asOf: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { owner, createdBy, until, kind, about } of view.all('todaySnooze'))
    if ((owner ?? createdBy) === actor && until > asOf) keys.add(`${kind} ${about}`);
  return keys;
}

/** What to do today (DSH-13, T1): one ranked list. The figures must be settled. `actor`: who asks. */
function todayList(context: EngineContext, figures: Figures, { whose = 'mine', limit }: Parsed<'today.list'>, actor: string): List {
  const settings = context.settings();
  const { asOf } = settings;
  const person = context.view.get('user', actor);
  const engagements = person && whose === 'mine' ? engagementsOf(context, person.id) : undefined;
  const who: Whose = engagements === undefined ? { user: undefined, engagements: undefined } : { user: person?.id, engagements };
  const standing = standingsOf(context, figures);
  const snoozed = snoozedBy(context, actor, asOf);
  const found = findToday(context, standing, who);
  const shown = snoozed.size === 0 ? found : found.filter(({ kind, table, id }) => !snoozed.has(`${kind} ${refTo(table, id)}`));
  const formula = formulaOf(settings.todayFormula);
  const ranked = rankToday(shown, formula, settings.workdayMinutes, asOf);
  const fitting = ranked.filter(({ fits }) => fits);
  return {
    asOf,
    lines: ranked.slice(0, limit).map((one) => lineOf(context, one, standing, formula)),
    total: ranked.length,
    fitting: fitting.length,
    minutes: {
      day: settings.workdayMinutes,
      meetings: ranked.reduce((sum, { line: { fixed, minutes } }) => sum + (fixed ? minutes : 0), 0),
      planned: fitting.reduce((sum, { line: { fixed, minutes } }) => sum + (fixed ? 0 : minutes), 0),
    },
    snoozed: found.length - shown.length,
    personal: engagements !== undefined,
  };
}

function lineOf({ view, settings }: EngineContext, { line, score, fits }: Ranked<Found>, standing: Standings, formula: TodayFormula): Line {
  const { kind, table, id, row, due, minutes, stakes, own } = line;
  const known = line.engagement === undefined ? undefined : standing(line.engagement);
  return {
    kind,
    table,
    id,
    title: labelOf(table, row, view),
    ...(row.number === undefined ? {} : { number: row.number }),
    ...(known && { engagement: refOf(view, 'engagement', known.engagement), account: known.facts.account }),
    ...(due === undefined ? {} : { due }),
    minutes,
    fits,
    score,
    factors: [...factorsOf(kind, due, stakes, formula, settings().asOf)],
    reasons: [...own(), ...(known ? stakesInWords(known, kind === 'risk') : [])],
  };
}

/** {@link todayList} once the figures are settled; what it has to look up for the first time comes step by step. */
export async function todayNow(context: EngineContext, figures: Figures, input: Parsed<'today.list'>, actor: string): Promise<List> {
  await figures.settled();
  await prepareStandings(context, figures);
  return todayList(context, figures, input, actor);
}

/** What raises the line beside its own day: renewal, money, the worst other risk. */
export function stakesInWords({ facts, danger }: Standing, isRisk: boolean): StakeReason[] {
  const { daysToRenewal, renewalDate, contractValue, escalated } = facts;
  const reasons: StakeReason[] = [];
  if (renewalDate !== undefined && daysToRenewal !== undefined && daysToRenewal >= 0 && daysToRenewal <= NEAR_RENEWAL)
    reasons.push({ why: 'renewal', on: renewalDate, days: daysToRenewal });
  if (escalated) reasons.push({ why: 'escalated' });
  if (contractValue.length > 0) reasons.push({ why: 'money', value: [...contractValue] });
  if (danger !== undefined && !isRisk) reasons.push({ why: 'risk', priority: danger.priority, open: danger.open });
  return reasons;
}
