import { lastHeld } from '../derived/engagement-facts.ts';
import { blockingRecords, counted, nameOf, refusal } from './refusal.ts';
import { ANY_ACTION, rule, SAVED, type AnyRule } from './rule.ts';

/** The account of a touchpoint is its engagement's (REC-16). */
const accountFromEngagement = rule('REC-16', 'touchpoint', SAVED, {
  fill: ({ view }, { after }) => {
    const account = after && view.get('engagement', after.engagement)?.account;
    return account === after?.account ? undefined : { account: account ?? null };
  },
});

/** When an engagement moves to another account, its touchpoints move along. */
const touchpointsMove = rule('REC-16', 'engagement', ['update'], {
  fields: ['account'],
  effects: ({ view }, { after }) =>
    after
      ? view.by('touchpoint', 'engagement', after.id).map(({ id }) => ({ table: 'touchpoint', id, set: { account: after.account } }))
      : [],
});

/** BR-10 as far as it concerns touchpoints: what hangs on one keeps it at its engagement. */
const engagementStays = rule('BR-10', 'touchpoint', SAVED, {
  fields: ['engagement'],
  check: ({ view }, change) => {
    const { before, after } = change;
    if (!before || !after || before.engagement === after.engagement) return undefined;
    const signals = view.by('riskSignal', 'sourceRecord', after.id);
    if (signals.length === 0) return undefined;
    return refusal(
      'BR-10',
      change,
      `The engagement of ${nameOf('touchpoint', after, view)} cannot change while ${counted('riskSignal', signals.length)} hang on it. Delete them first, or log a new touchpoint.`,
      { field: 'engagement', blocking: blockingRecords('riskSignal', signals, view) },
    );
  },
});

/** BR-17: closing completes a touchpoint, cancelling cancels its progress; reopened it goes on. */
const progressFollowsState = rule('BR-17', 'touchpoint', SAVED, {
  fields: ['state'],
  fill: (_context, { before, after }) => {
    if (after?.state === 'closed') return { progress: 'completed' };
    if (after?.state === 'cancelled') return { progress: 'cancelled' };
    const reopened = before?.state === 'closed' || before?.state === 'cancelled';
    const over = after?.progress === 'completed' || after?.progress === 'cancelled';
    return reopened && over ? { progress: 'onTrack' } : undefined;
  },
});

/** BR-40: saving or deleting a touchpoint updates the engagement's last touchpoint (the newest one held by today, not cancelled). */
const lastTouchpoint = rule('BR-40', 'touchpoint', ANY_ACTION, {
  fields: ['engagement', 'heldOn', 'state'],
  recompute: {
    table: 'engagement',
    targets: (_context, { before, after }) => [before, after].flatMap((touchpoint) => touchpoint?.engagement ?? []),
    values: ({ view, asOf }, id) => ({ lastTouchpoint: lastHeld(id, view, asOf) ?? null }),
  },
});

export const touchpointRules: readonly AnyRule[] = [
  accountFromEngagement,
  touchpointsMove,
  engagementStays,
  progressFollowsState,
  lastTouchpoint,
];
