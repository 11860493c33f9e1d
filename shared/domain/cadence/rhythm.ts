import type { CADENCE_TIERS } from '../../model/tables/account.ts';
import type { Settings } from '../../model/settings.ts';

export type CadenceTier = keyof typeof CADENCE_TIERS;

/** What comes again: any contact, a business review, a talk with an executive, the talk about the renewal. */
export const CADENCE_KINDS = {
  touch: 'Touch',
  review: 'Business review',
  executive: 'Executive check-in',
  renewal: 'Renewal talk',
} as const;
export type CadenceKind = keyof typeof CADENCE_KINDS;
// Object.keys loses the literal type of a constant object's keys
export const cadenceKinds = Object.keys(CADENCE_KINDS) as readonly CadenceKind[];

/** The settings that say how often (ENG-09, scoring.md section 2). */
export type CadenceSettings = Pick<Settings, 'cadenceTouchDays' | 'cadenceReviewDays' | 'cadenceExecutiveDays' | 'renewalTalkDays'>;

/** Days between two contacts of a kind; undefined where the tier has no such rhythm. The renewal talk has none: it is tied to a date. */
export function intervalOf(kind: CadenceKind, tier: CadenceTier, settings: CadenceSettings): number | undefined {
  const days = daysFor(kind, settings)?.[tier];
  return days === undefined || days <= 0 ? undefined : days;
}

function daysFor(kind: CadenceKind, settings: CadenceSettings): Readonly<Record<string, number>> | undefined {
  switch (kind) {
    case 'touch':
      return settings.cadenceTouchDays;
    case 'review':
      return settings.cadenceReviewDays;
    case 'executive':
      return settings.cadenceExecutiveDays;
    case 'renewal':
      return undefined;
    default:
      return kind satisfies never;
  }
}
