import { refusal, sentence, nameOf } from './refusal.ts';
import { ANY_ACTION, rule, SAVED, type AnyRule } from './rule.ts';

/** REC-41: an account is escalated as long as one of its escalations is open. Without any, what was set by hand or by a file stands. */
const escalated = rule('REC-41', 'escalation', ANY_ACTION, {
  fields: ['account', 'state'],
  recompute: {
    table: 'account',
    targets: (_context, { before, after }) => [before, after].flatMap((one) => one?.account ?? []),
    values: ({ view }, id) => ({ escalated: view.by('escalation', 'account', id).some(({ active }) => active !== false) }),
  },
});

/** REC-41: an escalation begins today where nothing else is said. */
const raisedToday = rule('REC-41', 'escalation', ['create'], {
  fill: ({ asOf }, { after }) => (after && after.raisedOn === undefined ? { raisedOn: asOf } : undefined),
});

const DECIDED: ReadonlySet<unknown> = new Set(['approved', 'rejected']);

/** REC-06: the day on which the renewal was decided is kept; a decision that is taken back has none. */
const renewalDecided = rule('REC-06', 'contract', SAVED, {
  fields: ['renewalReview'],
  fill: ({ asOf }, { before, after }) => {
    if (!after || before?.renewalReview === after.renewalReview) return undefined;
    if (DECIDED.has(after.renewalReview)) return after.renewalFinalisedOn === undefined ? { renewalFinalisedOn: asOf } : undefined;
    return before && DECIDED.has(before.renewalReview) && after.renewalFinalisedOn !== undefined ? { renewalFinalisedOn: null } : undefined;
  },
});

/** REC-06: a contract is on extension once that is approved, and no longer when it is not. */
const onExtension = rule('REC-06', 'contract', SAVED, {
  fields: ['extensionApproval', 'extension'],
  fill: (_context, { before, after }) => {
    // without an approval it is what someone has set
    if (!after || (before?.extensionApproval === after.extensionApproval && after.extensionApproval === undefined)) return undefined;
    const extension = after.extensionApproval === 'approved';
    return after.extension === extension ? undefined : { extension };
  },
});

/** REC-46: an account has one primary address of a kind. */
const onePrimary = rule('REC-46', 'accountAddress', ['create', 'update'], {
  fields: ['account', 'kind', 'primary'],
  check: ({ view }, change) => {
    const { after } = change;
    if (!after || after.primary !== true) return undefined;
    const other = view
      .by('accountAddress', 'account', after.account)
      .find(({ id, kind, primary }) => id !== after.id && kind === after.kind && primary === true);
    return (
      other &&
      refusal(
        'REC-46',
        change,
        `${sentence(nameOf('accountAddress', other, view))} is the primary address of this kind already. Change that one first.`,
        {
          field: 'primary',
          blocking: [{ table: 'accountAddress', id: other.id, label: other.number ?? other.id }],
        },
      )
    );
  },
});

/** REC-46: what is installed and what was sold belong to the same account. */
const linkOfOneAccount = rule('REC-46', 'installBaseSoldProduct', ['create', 'update'], {
  check: ({ view }, change) => {
    const item = change.after && view.get('installBaseItem', change.after.item);
    const sold = change.after && view.get('soldProduct', change.after.soldProduct);
    if (!item || !sold || item.account === sold.account) return undefined;
    return refusal(
      'REC-46',
      change,
      `${sentence(nameOf('installBaseItem', item, view))} and ${nameOf('soldProduct', sold, view)} belong to different accounts, so they cannot be linked. Choose a sold product of the item's account.`,
      { field: 'soldProduct' },
    );
  },
});

export const customerRecordRules: readonly AnyRule[] = [raisedToday, escalated, renewalDecided, onExtension, onePrimary, linkOfOneAccount];
