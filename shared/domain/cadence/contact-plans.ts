import type { MEETING_TYPES } from '../../model/tables/meeting.ts';
import type { TOUCHPOINT_CATEGORIES } from '../../model/tables/touchpoint.ts';
import type { CadenceKind } from './rhythm.ts';

type Plan = {
  /** What such a conversation is called. */
  readonly words: string;
  readonly category: keyof typeof TOUCHPOINT_CATEGORIES;
  readonly meeting: keyof typeof MEETING_TYPES;
};

/** As what each kind of contact is planned and written down, so that it counts as that kind (ENG-09; `contacts.ts` reads it back). */
export const CONTACT_PLANS = {
  touch: { words: 'Check-in', category: 'general', meeting: 'adHoc' },
  review: { words: 'Business review', category: 'review', meeting: 'qbr' },
  executive: { words: 'Executive check-in', category: 'executive', meeting: 'executive' },
  renewal: { words: 'Renewal talk', category: 'renewal', meeting: 'renewal' },
} as const satisfies Readonly<Record<CadenceKind, Plan>>;
