import { lastHeld } from '../derived/engagement-facts.ts';
import { ANY_ACTION, rule, type AnyRule } from './rule.ts';

/** BR-40: saving or deleting a touchpoint updates the engagement's last touchpoint (the newest one held by today, not cancelled). */
const lastTouchpoint = rule('BR-40', 'touchpoint', ANY_ACTION, {
  fields: ['engagement', 'heldOn', 'state'],
  recompute: {
    table: 'engagement',
    targets: ({ view }, { before, after }) => {
      // a new one that is not newer than the newest changes nothing: of an import nearly all are such
      const last = before === undefined && after !== undefined ? view.get('engagement', after.engagement)?.lastTouchpoint : undefined;
      if (last !== undefined && (after?.heldOn === undefined || after.heldOn <= last)) return [];
      return [before, after].flatMap((touchpoint) => touchpoint?.engagement ?? []);
    },
    values: ({ view, asOf }, id) => ({ lastTouchpoint: lastHeld(id, view, asOf) ?? null }),
  },
});

export const touchpointRules: readonly AnyRule[] = [lastTouchpoint];
