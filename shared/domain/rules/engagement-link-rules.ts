import type { Row } from '../../model/dictionary.ts';
import { nextRenewal } from '../derived/contract-facts.ts';
import type { ReadView } from '../view.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { ANY_ACTION, rule, SAVED, type AnyRule, type Change } from './rule.ts';

/** BR-22: a contract is linked to an engagement once. */
const contractOnce = rule('BR-22', 'engagementContract', ['create', 'update'], {
  check: ({ view }, change) => {
    const { after } = change;
    const twin =
      after &&
      view
        .by('engagementContract', 'engagement', after.engagement)
        .find(({ id, contract }) => id !== after.id && contract === after.contract);
    const contract = twin && view.get('contract', twin.contract);
    if (!contract) return undefined;
    return refusal('BR-22', change, `${sentence(nameOf('contract', contract, view))} is linked to this engagement already.`, {
      field: 'contract',
      blocking: [{ table: 'engagementContract', id: twin.id, label: contract.name }],
    });
  },
});

/** BR-41: a sold product is linked to an engagement once, and belongs to the engagement's account. */
const soldProductOnce = rule('BR-41', 'engagementSoldProduct', ['create', 'update'], {
  check: ({ view }, change) => {
    const { after } = change;
    const soldProduct = after && view.get('soldProduct', after.soldProduct);
    const engagement = after && view.get('engagement', after.engagement);
    if (!soldProduct || !engagement) return undefined;
    const name = nameOf('soldProduct', soldProduct, view);
    const twin = view
      .by('engagementSoldProduct', 'engagement', after.engagement)
      .find((link) => link.id !== after.id && link.soldProduct === after.soldProduct);
    if (twin) return refusal('BR-41', change, `${sentence(name)} is linked to this engagement already.`, { field: 'soldProduct' });
    if (soldProduct.account === engagement.account) return undefined;
    return refusal(
      'BR-41',
      change,
      `${sentence(name)} belongs to another account than ${nameOf('engagement', engagement, view)}. Choose a sold product of the engagement's account.`,
      { field: 'soldProduct' },
    );
  },
});

function foreignContract(
  change: Change,
  contract: Row<'contract'>,
  engagement: Row<'engagement'>,
  view: ReadView,
): ReturnType<typeof refusal> | undefined {
  if (contract.account === engagement.account) return undefined;
  return refusal(
    'BR-23',
    change,
    `${sentence(nameOf('contract', contract, view))} and ${nameOf('engagement', engagement, view)} belong to different accounts, so they cannot be linked. Choose a contract of the engagement's account.`,
    { field: change.table === 'engagementContract' ? 'contract' : 'account' },
  );
}

/** BR-23: a linked contract belongs to the engagement's account; watched from the link, the contract and the engagement. */
const linkFits = rule('BR-23', 'engagementContract', ['create', 'update'], {
  check: ({ view }, change) => {
    const contract = change.after && view.get('contract', change.after.contract);
    const engagement = change.after && view.get('engagement', change.after.engagement);
    return contract && engagement && foreignContract(change, contract, engagement, view);
  },
});
const contractStays = rule('BR-23', 'contract', ['update'], {
  fields: ['account'],
  check: ({ view }, change) => {
    for (const link of change.after ? view.by('engagementContract', 'contract', change.id) : []) {
      const engagement = view.get('engagement', link.engagement);
      const found = change.after && engagement && foreignContract(change, change.after, engagement, view);
      if (found) return found;
    }
    return undefined;
  },
});
const engagementStays = rule('BR-23', 'engagement', ['update'], {
  fields: ['account'],
  check: ({ view }, change) => {
    for (const link of change.after ? view.by('engagementContract', 'engagement', change.id) : []) {
      const contract = view.get('contract', link.contract);
      const found = change.after && contract && foreignContract(change, contract, change.after, view);
      if (found) return found;
    }
    return undefined;
  },
});

/** BR-24: the renewal date of an engagement is that of its earliest linked contract which has not expired; none left, none. */
const renewalValues = (view: ReadView, id: string, asOf: string): { readonly renewalDate: string | null } => ({
  renewalDate: nextRenewal(id, view, asOf).date ?? null,
});
const renewalFollowsLinks = rule('BR-24', 'engagementContract', ANY_ACTION, {
  recompute: {
    table: 'engagement',
    targets: (_context, { before, after }) => [before, after].flatMap((link) => link?.engagement ?? []),
    values: ({ view, asOf }, id) => renewalValues(view, id, asOf),
  },
});
const renewalFollowsContracts = rule('BR-24', 'contract', SAVED, {
  fields: ['renewalDate', 'endDate', 'state'],
  recompute: {
    table: 'engagement',
    targets: ({ view }, { id }) => view.by('engagementContract', 'contract', id).map(({ engagement }) => engagement),
    values: ({ view, asOf }, id) => renewalValues(view, id, asOf),
  },
});

export const engagementLinkRules: readonly AnyRule[] = [
  contractOnce,
  soldProductOnce,
  linkFits,
  contractStays,
  engagementStays,
  renewalFollowsLinks,
  renewalFollowsContracts,
];
