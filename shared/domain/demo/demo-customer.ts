import { fold } from '../../util/folding.ts';
import type { NewValues } from '../../model/dictionary.ts';
import type { Money } from '../../model/field.ts';
import { addMonths, dateOf, dayOf } from '../../util/calendar-days.ts';
import { roundHalfAway } from '../../util/rounding.ts';
import { addNps, addTickets, addTouchpoints, addUsage, moodOn, type Term, type Traces } from './demo-feeds.ts';
import { addPlans } from './demo-plans.ts';
import type { DemoSink } from './demo-row.ts';
import type { Names } from './invented-names.ts';
import { decidingMood, leaves, moodOver } from './mood.ts';
import type { Chance } from './random.ts';

export type Market = {
  readonly today: number;
  readonly currency: string;
  readonly products: readonly [string, ...string[]];
  readonly csms: readonly [string, ...string[]];
  readonly usage: string;
  readonly nps: string;
  /** For what hangs on an engagement beside its feeds: chance of its own, so that the feeds stay what they are. */
  readonly around: Chance;
};
/** The group that a customer belongs to. */
export type Parent = { readonly account: string; readonly engagement: string };

const INDUSTRIES = ['Retail', 'Logistics', 'Software', 'Education', 'Healthcare', 'Manufacturing', 'Media', 'Utilities'] as const;
const COUNTRIES = ['AT', 'BR', 'CA', 'DE', 'ES', 'FR', 'GB', 'IN', 'JP', 'NL', 'SE', 'US'] as const;
const REASONS = ['Usage never took off', 'Price', 'Sponsor left', 'Switched to another supplier', 'Missing features'] as const;
const TIERS = ['strategic', 'growth', 'growth', 'core', 'core', 'core', 'nurture'] as const;
/** Customers begin on the first of a month, so that no month's use is split between two contracts. */
const OLDEST_MONTHS = 36;
const YOUNGEST_MONTHS = 1;

type History = { readonly terms: readonly (Term & { readonly seats: number })[]; readonly leftOn: number | undefined };

/** Adds one customer with all of its records, and answers its account and engagement. */
export function addCustomer(market: Market, names: Names, by: Chance, sink: DemoSink, parent: Parent | undefined): Parent {
  const { today } = market;
  const firstOfMonth = `${dateOf(today).slice(0, 7)}-01`;
  const start = dayOf(addMonths(firstOfMonth, -by.whole(YOUNGEST_MONTHS, OLDEST_MONTHS)));
  const mood = moodOver(Math.ceil((today - start) / 7) + 1, by);
  const csm = by.oneOf(market.csms);
  const seats = by.whole(10, 400);
  const title = names.company();
  const tier = by.oneOf(TIERS);
  const [industry, country, employees] = [by.oneOf(INDUSTRIES), by.oneOf(COUNTRIES), seats * by.whole(2, 12)];
  const escalated = by.happens(moodOn({ mood, start }, today) < 0.45 ? 0.3 : 0.02);
  const account = sink.add('account', {
    name: title,
    industry,
    country,
    cadenceTier: tier,
    customerSince: dateOf(start),
    employees,
    owner: csm,
    escalated,
    ...(parent && { parent: parent.account }),
  });
  const keyContact = addContacts(names, by, sink, { account, title });
  const price = by.whole(15, 90) * 12;
  const { terms, leftOn } = addContracts({ market, account, start, mood, seats, price, by, sink });
  const end = leftOn ?? today;
  const goLiveDate = dateOf(start + by.whole(30, 90));
  const stands = standing({ by, mood, start, end, today, left: leftOn !== undefined, renewal: terms.at(-1)?.end });
  const engagement = sink.add(
    'engagement',
    {
      title,
      account,
      csm,
      keyContact,
      goLiveDate,
      ...stands,
      ...(parent && { parent: parent.engagement }),
    },
    leftOn === undefined ? undefined : { code: 'lost', notes: `Left at the renewal on ${dateOf(leftOn)}.` },
  );
  for (const { contract } of terms) sink.add('engagementContract', { engagement, contract });
  const product = addSoldProduct({ market, by, sink, account, engagement, terms, start, leftOn, mood });
  const traces: Traces = { mood, start, end, account, by, sink };
  addUsage(traces, terms, market.usage);
  addNps(traces, market.nps);
  addTickets(traces);
  const planned = addTouchpoints(traces, engagement, csm, today);
  if (leftOn === undefined)
    addPlans({
      engagement,
      account,
      csm,
      colleagues: others(market.csms, csm),
      contact: keyContact,
      contract: terms.at(-1)?.contract,
      product,
      planned,
      stage: stands.stage ?? 'adoption',
      escalated,
      mood: moodOn({ mood, start }, today),
      today,
      currency: market.currency,
      by: market.around,
      sink,
    });
  return { account, engagement };
}

/** Everyone but one, or that one where there is nobody else. */
function others(all: readonly [string, ...string[]], one: string): readonly [string, ...string[]] {
  const [first, ...rest] = all.filter((each) => each !== one);
  return [first ?? one, ...rest];
}

/** A name as addresses write it. */
const inAddress = (name: string): string =>
  fold(name)
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.|\.$/g, '');

function addContacts(
  names: Names,
  by: Chance,
  sink: DemoSink,
  { account, title }: { readonly account: string; readonly title: string },
): string {
  const roles = ['executiveSponsor', 'champion', 'powerUser', 'user'] as const;
  const departments = ['Operations', 'Finance', 'IT', 'Sales'] as const;
  const ids = roles.slice(0, by.whole(2, 4)).map((stakeholderRole) => {
    const name = names.person();
    // a domain that belongs to nobody (RFC 2606): what is sent by mistake goes nowhere
    const email = `${inAddress(name)}@${inAddress(title).replaceAll('.', '-')}.example`;
    return sink.add('contact', { name, email, account, stakeholderRole, department: by.oneOf(departments) });
  });
  return ids[1] ?? ids[0] ?? '';
}

type Selling = {
  readonly market: Market;
  readonly account: string;
  readonly start: number;
  readonly mood: readonly number[];
  readonly seats: number;
  /** Yearly price of a seat in major units. */
  readonly price: number;
  readonly by: Chance;
  readonly sink: DemoSink;
};

/** A contract a year, until the customer leaves or today is reached. */
function addContracts({ market, account, start, mood, seats, price, by, sink }: Selling): History {
  const terms: (Term & { readonly seats: number })[] = [];
  let size = seats;
  const endless = by.happens(0.03);
  for (let from = start; ;) {
    const to = dayOf(addMonths(dateOf(from), 12));
    const money = (major: number): Money => ({ amount: Math.round(major) * 100, currency: market.currency });
    const ended = to <= market.today;
    const values: NewValues<'contract'> = {
      name: `Subscription ${dateOf(from).slice(0, 4)}`,
      account,
      state: ended ? 'expired' : 'active',
      value: money(size * price),
      monthlyValue: money((size * price) / 12),
      startDate: dateOf(from),
      // somebody forgot to enter when some of the running ones end
      ...(endless && !ended ? {} : { endDate: dateOf(to), renewalDate: dateOf(to) }),
      autoRenew: false,
      billing: 'annual',
      seats: size,
    };
    const contract = sink.add('contract', values);
    terms.push({ contract, start: from, end: to, seats: size });
    if (!ended) return { terms, leftOn: undefined };
    const outcome = decide(decidingMood(mood, Math.floor((to - start) / 7)), by);
    sink.add('outcomeEvent', {
      account,
      contract,
      kind: outcome,
      date: dateOf(to),
      ...(outcome === 'renewed' ? {} : { reason: by.oneOf(REASONS) }),
    });
    if (outcome === 'churned') return { terms, leftOn: to };
    if (outcome === 'downgraded') size = Math.max(5, Math.round(size * 0.7));
    from = to;
  }
}

function decide(mean: number, by: Chance): 'churned' | 'downgraded' | 'renewed' {
  if (by.happens(leaves(mean))) return 'churned';
  return mean < 0.5 && by.happens(0.5) ? 'downgraded' : 'renewed';
}

type Position = {
  readonly by: Chance;
  readonly mood: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly today: number;
  readonly left: boolean;
  readonly renewal: number | undefined;
};

/** Where the engagement stands, and what its manager thinks of it. */
function standing({ by, mood, start, end, today, left, renewal }: Position): NewValues<'engagement'> {
  const age = end - start;
  const felt = moodOn({ mood, start }, end) + by.normal(0, 0.06);
  const perceived = felt > 0.62 ? 'green' : felt > 0.45 ? 'yellow' : 'red';
  const stage = age < 90 ? 'onboarding' : (renewal ?? Infinity) - today <= 90 ? 'renew' : age < 400 ? 'adoption' : 'expand';
  return {
    stage: left ? 'lost' : stage,
    state: age < 60 && !left ? 'new' : 'inProgress',
    perceivedHealth: by.happens(0.12) ? 'unknown' : perceived,
  };
}

type Sold = Pick<Selling, 'market' | 'by' | 'sink' | 'account' | 'start' | 'mood'> & History & { readonly engagement: string };

function addSoldProduct({ market, by, sink, account, engagement, terms, start, leftOn, mood }: Sold): string {
  const last = terms.at(-1);
  const licencesSold = last?.seats ?? 0;
  const used = 0.25 + 0.8 * moodOn({ mood, start }, leftOn ?? market.today) + by.normal(0, 0.08);
  const product = by.oneOf(market.products);
  const soldProduct = sink.add('soldProduct', {
    account,
    product,
    ...(last && { contract: last.contract }),
    activation: leftOn === undefined ? 'activated' : 'deactivated',
    licencesSold,
    licencesUsed: Math.max(0, Math.min(licencesSold, roundHalfAway(licencesSold * used))),
    startDate: dateOf(start),
    ...(leftOn === undefined ? {} : { endDate: dateOf(leftOn) }),
  });
  sink.add('engagementSoldProduct', { engagement, soldProduct });
  return product;
}
