import type { TableName } from '../../model/dictionary.ts';
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

type Linked = {
  readonly rule: string;
  readonly links: 'engagementContract' | 'engagementSoldProduct' | 'engagementEntitlement';
  readonly table: 'contract' | 'soldProduct' | 'entitlement';
};
const LINKED: readonly Linked[] = [
  { rule: 'BR-23', links: 'engagementContract', table: 'contract' },
  { rule: 'BR-41', links: 'engagementSoldProduct', table: 'soldProduct' },
  { rule: 'BR-41', links: 'engagementEntitlement', table: 'entitlement' },
];

type Link = { readonly engagement: string; readonly contract?: string; readonly soldProduct?: string; readonly entitlement?: string };

/** What is linked to an engagement belongs to its account. */
function linkProblem(
  { rule: id, links, table }: Linked,
  link: Link,
  change: Change,
  view: ReadView,
): ReturnType<typeof refusal> | undefined {
  const engagement = view.get('engagement', link.engagement);
  const linked = view.get(table, link[table] ?? '');
  if (!engagement || !linked || linked.account === engagement.account) return undefined;
  return refusal(
    id,
    change,
    `${sentence(nameOf(table, linked, view))} and ${nameOf('engagement', engagement, view)} belong to different accounts, so they cannot be linked. Choose one of the engagement's account.`,
    { field: change.table === links ? table : 'account' },
  );
}

/** BR-23, and the same for sold products and entitlements, watched from all three ends: the link, what is linked, and the engagement. */
const linksFit: readonly AnyRule[] = LINKED.flatMap((linked) => {
  const { rule: id, links, table } = linked;
  const first = (of: readonly Link[], change: Change, view: ReadView) => {
    for (const link of of) {
      const problem = linkProblem(linked, link, change, view);
      if (problem) return problem;
    }
    return undefined;
  };
  const watched = [
    rule<TableName>(id, links, ['create', 'update'], {
      // a link's row: the rule is for their table
      check: ({ view }, change) => linkProblem(linked, change.after as unknown as Link, change, view),
    }),
    rule<TableName>(id, table, ['update'], {
      fields: ['account'],
      check: ({ view }, change) => first(view.by(links, table, change.id), change, view),
    }),
    rule<TableName>(id, 'engagement', ['update'], {
      fields: ['account'],
      check: ({ view }, change) => first(view.by(links, 'engagement', change.id), change, view),
    }),
  ];
  return watched as unknown as AnyRule[]; // each made for the table that it names
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

/** While contracts are linked, a date from a form or a file gives way to theirs; without links it stands. */
const renewalKept = rule('BR-24', 'engagement', ['update'], {
  fields: ['renewalDate'],
  fill: ({ view, asOf }, { id }) => {
    const { linked, date } = nextRenewal(id, view, asOf);
    return linked ? { renewalDate: date ?? null } : undefined;
  },
});

export const engagementLinkRules: readonly AnyRule[] = [
  contractOnce,
  ...linksFit,
  renewalFollowsLinks,
  renewalFollowsContracts,
  renewalKept,
];
