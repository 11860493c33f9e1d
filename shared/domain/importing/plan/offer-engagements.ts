import type { AnyRow, TableName } from '../../../model/dictionary.ts';
import { addDays } from '../../../util/calendar-days.ts';
import { engagementsByAccount, nameOf, recordOf, valueOf } from './derive.ts';
import type { PlanState } from './fill-records.ts';
import type { EngagementChoice, PlannedRecord } from './plan-types.ts';

/** Days before a renewal during which an engagement counts as renewing, and after the start as onboarding. */
const RENEWING_DAYS = 90;
const ONBOARDING_DAYS = 90;

type Held = { readonly id: string; readonly values: (field: string) => unknown; readonly isNew: boolean };
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Planned records that go in, and stored ones of the account, seen alike. */
function ofAccount(state: PlanState, table: 'contract' | 'soldProduct'): ReadonlyMap<string, readonly Held[]> {
  const lists = new Map<string, Held[]>();
  const planned = state.tables(table);
  const add = (account: unknown, held: Held) => {
    if (typeof account !== 'string') return;
    const list = lists.get(account);
    if (list === undefined) lists.set(account, [held]);
    else list.push(held);
  };
  for (const row of state.world.view.all(table) as Iterable<AnyRow>)
    // a row of either table, seen generically
    if (!planned.byId.has(row.id)) add(row['account'], { id: row.id, values: (field) => row[field], isNew: false });
  for (const record of planned.records)
    if (!record.held)
      add(valueOf(record, 'account'), { id: record.id, values: (field) => valueOf(record, field), isNew: record.existing === undefined });
  return lists;
}

function runs(contract: Held, day: string): boolean {
  const [start, end] = [text(contract.values('startDate')), text(contract.values('endDate'))];
  return contract.values('state') !== 'cancelled' && (start === undefined || start <= day) && (end === undefined || end > day);
}

/** Where an engagement stands, told by its contracts and how long the account has been a customer. */
function stageOf(contracts: readonly Held[], since: string | undefined, day: string): string {
  const running = contracts.filter((contract) => runs(contract, day));
  const starts = contracts.flatMap((contract) => text(contract.values('startDate')) ?? []).toSorted();
  const begun = since ?? starts[0];
  if (begun !== undefined && begun > addDays(day, -ONBOARDING_DAYS)) return 'onboarding';
  if (contracts.length > 0 && running.length === 0) return 'lost';
  const soon = addDays(day, RENEWING_DAYS);
  const renewals = running
    .flatMap((contract) => text(contract.values('renewalDate')) ?? text(contract.values('endDate')) ?? [])
    .filter((date) => date >= day);
  return running.length > 0 && renewals.length === running.length && renewals.every((date) => date <= soon) ? 'renew' : 'adoption';
}

type Offer = {
  readonly account: string;
  readonly product: string | undefined;
  readonly contracts: readonly Held[];
  readonly sold: readonly Held[];
};

/** Accounts that the set is about: those that it brings and that are not held back. */
function accountsInPlay(state: PlanState): readonly string[] {
  return state
    .tables('account')
    .records.filter(({ held }) => !held)
    .map(({ id }) => id);
}

function offersFor(state: PlanState, choice: EngagementChoice): readonly Offer[] {
  const contracts = ofAccount(state, 'contract');
  const sold = ofAccount(state, 'soldProduct');
  return accountsInPlay(state).flatMap((account): readonly Offer[] => {
    const ownContracts = contracts.get(account) ?? [];
    const ownSold = sold.get(account) ?? [];
    const whole = { account, product: undefined, contracts: ownContracts, sold: ownSold };
    if (choice !== 'perAccountAndProduct') return [whole];
    const byProduct = Map.groupBy(ownSold, (one) => text(one.values('product')) ?? '');
    if (byProduct.size === 0) return [whole];
    return [...byProduct].map(([product, list]) => {
      const linked = new Set(list.flatMap((one) => text(one.values('contract')) ?? []));
      return { account, product, sold: list, contracts: ownContracts.filter(({ id }) => linked.has(id)) };
    });
  });
}

/** The engagement that an offer would double, be it open or ended. */
function standing(state: PlanState, offer: Offer, known: readonly string[]): string | undefined {
  if (offer.product === undefined) return known[0];
  return known.find((id) => recordOf(state, 'engagement', id)?.values('product') === offer.product);
}

function link(state: PlanState, table: TableName, engagement: string, field: string, id: string, source: PlannedRecord | undefined): void {
  const record = state.tables(table).plan(undefined, 'offer');
  record.values['engagement'] = engagement;
  record.values[field] = id;
  record.sheet = source?.sheet ?? -1;
}

function makeEngagement(state: PlanState, offer: Offer): string | undefined {
  const { asOf } = state.world;
  const account = recordOf(state, 'account', offer.account);
  const name = nameOf(state, 'account', offer.account);
  if (account === undefined || name === undefined) return undefined;
  const product = offer.product === undefined ? undefined : nameOf(state, 'product', offer.product);
  const record = state.tables('engagement').plan(undefined, 'offer');
  const stage = stageOf(offer.contracts, text(account.values('customerSince')), asOf);
  const owner = account.values('owner');
  Object.assign(record.values, {
    title: product === undefined ? name : `${name} – ${product}`,
    account: offer.account,
    stage,
    state: stage === 'onboarding' ? 'new' : 'inProgress',
    ...(offer.product === undefined ? {} : { product: offer.product }),
    ...(owner === undefined ? {} : { csm: owner, accountManager: owner }),
    ...(account.values('customerSince') === undefined ? {} : { goLiveDate: account.values('customerSince') }),
  });
  return record.id;
}

/** How many engagements each choice would make. */
export async function countOffers(state: PlanState): Promise<{ readonly perAccount: number; readonly perAccountAndProduct: number }> {
  const known = engagementsByAccount(state, 'all');
  const accounts = accountsInPlay(state);
  const products = new Map<string, Set<string>>();
  for (const record of state.tables('soldProduct').records) {
    const [account, product] = [text(valueOf(record, 'account')), text(valueOf(record, 'product'))];
    if (record.held || account === undefined || product === undefined) continue;
    const own = products.get(account);
    if (own === undefined) products.set(account, new Set([product]));
    else own.add(product);
  }
  for (const row of state.world.view.all('soldProduct')) products.get(row.account)?.add(row.product);
  const productOf = (id: string) => text(recordOf(state, 'engagement', id)?.values('product'));
  let perAccount = 0;
  let perAccountAndProduct = 0;
  let looked = 0;
  for (const account of accounts) {
    looked += 1;
    if (looked % 512 === 0) await state.world.turn();
    const own = known.get(account) ?? [];
    if (own.length === 0) perAccount += 1;
    const sold = products.get(account);
    if (sold === undefined) perAccountAndProduct += own.length === 0 ? 1 : 0;
    else {
      const covered = new Set(own.map(productOf));
      for (const product of sold) if (!covered.has(product)) perAccountAndProduct += 1;
    }
  }
  return { perAccount, perAccountAndProduct };
}

/**
 * One engagement for each account of the set, or for each account and product, with links to its contracts and sold products;
 * an account that has one keeps it and gets the links of what the set newly brings.
 */
export async function offerEngagements(state: PlanState, choice: EngagementChoice): Promise<void> {
  if (choice === 'none') return;
  const knownOf = engagementsByAccount(state, 'all');
  for (const [index, offer] of offersFor(state, choice).entries()) {
    if (index % 512 === 511) await state.world.turn();
    const known = standing(state, offer, knownOf.get(offer.account) ?? []);
    const engagement = known ?? makeEngagement(state, offer);
    if (engagement === undefined) continue;
    for (const contract of offer.contracts)
      if (known === undefined || contract.isNew)
        link(state, 'engagementContract', engagement, 'contract', contract.id, state.tables('contract').byId.get(contract.id));
    for (const one of offer.sold)
      if (known === undefined || one.isNew)
        link(state, 'engagementSoldProduct', engagement, 'soldProduct', one.id, state.tables('soldProduct').byId.get(one.id));
  }
}
