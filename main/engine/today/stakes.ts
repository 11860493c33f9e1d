import type { Row } from '#shared/model/dictionary.ts';
import type { Money } from '#shared/model/field.ts';
import { cadenceDebt, duesOf, mostUrgent, type Due } from '#shared/domain/cadence/cadence.ts';
import { contactsOf, contactsOfAll, NO_CONTACTS, type Contacts } from '#shared/domain/cadence/contacts.ts';
import { riskOpen } from '#shared/domain/derived/engagement-facts.ts';
import { dangerOf, moneyShare, nearnessOf, type Stakes } from '#shared/domain/today/formula.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { minorDigits } from '#shared/util/currencies.ts';
import type { EngineContext, WorkspaceSettings } from '../context.ts';
import { inTurns } from '../host/in-turns.ts';
import type { Figures } from '../jobs/figures.ts';
import type { LineFacts } from '../portfolio/line-facts.ts';

/** The worst open risk of an engagement and how many are open. */
export type Danger = { readonly priority: string; readonly open: number };

/** What is at stake with one engagement, in words and as shares, and what its cadence asks for. */
export type Standing = {
  readonly engagement: Row<'engagement'>;
  readonly facts: LineFacts;
  readonly danger: Danger | undefined;
  readonly stakes: Stakes;
  /** The talk about the renewal, where it is due within two weeks and not planned. */
  readonly talk: Due | undefined;
  /** The most urgent of the other contacts that are due and not planned. */
  readonly urgent: Due | undefined;
};
export type Standings = (engagement: string) => Standing | undefined;

/** The talk about a renewal is named so many days before it is due. */
const TALK_AHEAD = 14;

/** Value in major units of the workspace's currency; other currencies by the settings' rates, those without one are left out. */
function majorUnits(value: readonly Money[], { currency, exchangeRates }: WorkspaceSettings): number {
  return value.reduce((sum, money) => {
    const rate = money.currency === currency ? 1 : exchangeRates[money.currency];
    return rate === undefined ? sum : sum + (money.amount / 10 ** minorDigits(money.currency)) * rate;
  }, 0);
}

function dangerFor(view: ReadView, engagement: string): Danger | undefined {
  let worst: string | undefined;
  let open = 0;
  for (const signal of view.by('riskSignal', 'engagement', engagement)) {
    if (!riskOpen(signal)) continue;
    open += 1;
    const priority = signal.priority ?? 'medium';
    if (worst === undefined || dangerOf(priority) > dangerOf(worst)) worst = priority;
  }
  return worst === undefined ? undefined : { priority: worst, open };
}

type Looking = {
  readonly view: ReadView;
  readonly settings: WorkspaceSettings;
  /** What was held and planned, where it was gathered for all beforehand. */
  readonly gathered?: ReadonlyMap<string, Contacts>;
};

/** What the cadence asks for; nothing where the engagement is not active or its account has no tier (ENG-09). */
function duesFor({ view, settings, gathered }: Looking, engagement: Row<'engagement'>, facts: LineFacts): readonly Due[] {
  const { asOf, timeZone } = settings;
  if (!facts.active) return [];
  const contacts = gathered ? (gathered.get(engagement.id) ?? NO_CONTACTS) : contactsOf(engagement.id, view, asOf, timeZone);
  const tier = view.get('account', engagement.account)?.cadenceTier;
  return duesOf({ tier, contacts, since: beganOn(engagement, asOf), renewal: facts.renewalDate }, settings, asOf);
}

/** Every contact that the cadence of an engagement asks for, as everyone sees it. The figures must be settled. */
export function cadenceOf({ whole }: EngineContext, figures: Figures, engagement: Row<'engagement'>): readonly Due[] {
  return duesFor({ view: whole.view, settings: whole.settings() }, engagement, figures.facts(engagement));
}

function look(looking: Looking, engagement: Row<'engagement'>, facts: LineFacts): Standing {
  const { view, settings } = looking;
  const { asOf } = settings;
  const dues = duesFor(looking, engagement, facts);
  const danger = facts.openRisks === 0 ? undefined : dangerFor(view, engagement.id);
  return {
    engagement,
    facts,
    danger,
    stakes: {
      money: moneyShare(majorUnits(facts.contractValue, settings), settings.contractValueRanges),
      danger: Math.max(danger === undefined ? 0 : dangerOf(danger.priority), facts.escalated ? 1 : 0),
      nearness: nearnessOf(facts.daysToRenewal),
      debt: Math.min(1, cadenceDebt(dues)),
    },
    talk: dues.find(({ kind, covered, overdueDays }) => kind === 'renewal' && !covered && overdueDays >= -TALK_AHEAD),
    urgent: mostUrgent(
      dues.filter(({ kind }) => kind !== 'renewal'),
      asOf,
    ),
  };
}

/** Go-live, else the day of creation; today where that is later than the day that counts as today, or not known. */
function beganOn({ goLiveDate, createdAt }: Row<'engagement'>, asOf: string): string {
  if (goLiveDate !== undefined && goLiveDate <= asOf) return goLiveDate;
  const day = createdAt.slice(0, 10);
  return day === '' || day > asOf ? asOf : day;
}

type Book = { readonly key: readonly unknown[]; readonly known: Map<string, Standing> };
const books = new WeakMap<EngineContext, Book>();
/** How often something that standings are made of has changed. */
const changes = new WeakMap<EngineContext, { count: number }>();

/** What the standings depend on beside records. */
const keyOf = (settings: WorkspaceSettings): readonly unknown[] => [
  settings.asOf,
  settings.timeZone,
  settings.currency,
  settings.exchangeRates,
  settings.contractValueRanges,
  settings.cadenceTouchDays,
  settings.cadenceReviewDays,
  settings.cadenceExecutiveDays,
  settings.renewalTalkDays,
];

/** The standings that hold under the settings of now. */
function bookOf(whole: EngineContext, settings: WorkspaceSettings): Book {
  const key = keyOf(settings);
  const before = books.get(whole);
  if (before?.key.every((part, at) => part === key[at]) === true) return before;
  const book: Book = { key, known: new Map() };
  books.set(whole, book);
  if (!changes.has(whole)) changes.set(whole, follow(whole));
  return book;
}

/**
 * What is at stake with each engagement, as everyone sees it; kept until something of it changes. An engagement's facts are made
 * anew whenever its record, account, contracts, risks or touchpoints change (`marks.ts`), so they tell; meetings are followed here.
 * The figures must be settled.
 */
export function standingsOf({ whole }: EngineContext, figures: Figures): Standings {
  const settings = whole.settings();
  const { known } = bookOf(whole, settings);
  const looking = { view: whole.view, settings };
  // nothing changes while one question is answered
  const checked = new Map<string, Standing>();
  return (id) => {
    const seen = checked.get(id);
    if (seen !== undefined) return seen;
    const engagement = whole.view.get('engagement', id);
    if (!engagement) return undefined;
    const facts = figures.facts(engagement);
    const before = known.get(id);
    const now = before?.facts === facts && before.engagement === engagement ? before : look(looking, engagement, facts);
    if (now !== before) known.set(id, now);
    checked.set(id, now);
    return now;
  };
}

/** Below so many unknown standings, each is looked up where it is needed. */
const FEW = 200;

/**
 * Makes the standings that are not known yet, with a turn for others in between: {@link standingsOf} then finds them. What changes
 * meanwhile is looked up there. The figures must be settled, and are asked for again afterwards.
 */
export async function prepareStandings({ whole }: EngineContext, figures: Figures): Promise<void> {
  const settings = whole.settings();
  const { known } = bookOf(whole, settings);
  const { view, host } = whole;
  if (view.count('engagement') - known.size < FEW) return;
  const change = changes.get(whole);
  const began = change?.count;
  function* steps(): Generator<void, void, void> {
    const gathered = yield* contactsOfAll(view, settings.asOf, settings.timeZone);
    const looking = { view, settings, gathered };
    for (const engagement of view.all('engagement')) {
      // what was gathered may not be true any more
      if (change?.count !== began) return;
      if (!known.has(engagement.id)) known.set(engagement.id, look(looking, engagement, figures.facts(engagement)));
      yield;
    }
  }
  await inTurns(steps(), host.yieldTurn);
  await figures.settled();
}

/** Counts the changes, and forgets the standings of engagements whose meetings changed. */
function follow(whole: EngineContext): { count: number } {
  const change = { count: 0 };
  whole.feed.subscribe((touched) => {
    change.count += 1;
    for (const id of touched.rows.get('meeting') ?? [])
      for (const meeting of [touched.before('meeting', id), whole.view.get('meeting', id)])
        if (meeting && 'engagement' in meeting && meeting.engagement !== undefined) books.get(whole)?.known.delete(meeting.engagement);
  });
  return change;
}
