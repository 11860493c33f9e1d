import { missingError } from '../validate/missing.ts';
import type { Field } from '../../model/field.ts';
import { tableOf, type AnyRow } from '../../model/dictionary.ts';
import { blockingRecords, nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** BR-05: where the workspace says so, an engagement names the onboarding case that it came from. */
const caseNamed = rule('BR-05', 'engagement', ['create', 'update'], {
  check: ({ view, settings, puttingBack }, change) => {
    const { after, before } = change;
    if (!after || puttingBack || !settings.onboardingMandatory || after.onboardingCase !== undefined) return undefined;
    // an engagement that was made before the setting was turned on stays editable
    if (before && before.onboardingCase === undefined) return undefined;
    return refusal(
      'BR-05',
      change,
      `${sentence(nameOf('engagement', after, view))} needs its initial onboarding case. Fill in “Initial onboarding”, or turn this off in the settings.`,
      { field: 'onboardingCase' },
    );
  },
});

/** BR-05: an engagement goes live when its onboarding case does, and both are of one account. */
const caseFits = rule('BR-05', 'engagement', SAVED, {
  fields: ['onboardingCase', 'account', 'goLiveDate'],
  fill: ({ view }, { after }) => {
    const date = after?.onboardingCase === undefined ? undefined : view.get('onboardingCase', after.onboardingCase)?.goLiveDate;
    return date === undefined || date === after?.goLiveDate ? undefined : { goLiveDate: date };
  },
  check: ({ view }, change) => {
    const { after } = change;
    const onboarding = after?.onboardingCase === undefined ? undefined : view.get('onboardingCase', after.onboardingCase);
    if (after === undefined || onboarding === undefined || onboarding.account === after.account) return undefined;
    return refusal(
      'BR-05',
      change,
      `${sentence(nameOf('engagement', after, view))} cannot come from ${nameOf('onboardingCase', onboarding, view)}, which belongs to another account. Choose a case of the same account.`,
      { field: 'onboardingCase', blocking: blockingRecords('onboardingCase', [onboarding], view) },
    );
  },
});

/** BR-05 from the other end: the case's go-live date is that of its engagements, and its account stays theirs. */
const engagementsFollow = rule('BR-05', 'onboardingCase', SAVED, {
  fields: ['goLiveDate', 'account'],
  effects: ({ view }, { after }) =>
    after?.goLiveDate === undefined
      ? []
      : view
          .by('engagement', 'onboardingCase', after.id)
          .map(({ id }) => ({ table: 'engagement', id, set: { goLiveDate: after.goLiveDate } })),
  check: ({ view }, change) => {
    const { after } = change;
    const others =
      after === undefined ? [] : view.by('engagement', 'onboardingCase', after.id).filter(({ account }) => account !== after.account);
    if (after === undefined || others.length === 0) return undefined;
    return refusal(
      'BR-05',
      change,
      `The account of ${nameOf('onboardingCase', after, view)} cannot change: ${nameOf('engagement', others[0] ?? after, view)} came from it and belongs to another account. Choose the account of the engagement, or give the engagement another case.`,
      { field: 'account', blocking: blockingRecords('engagement', others, view) },
    );
  },
});

/** BR-01 on onboarding cases: whoever works on one, and for when, is known once it is under way (REC-24). */
const underWayIsComplete = rule('BR-01', 'onboardingCase', ['create', 'update'], {
  fields: ['state', 'assignedTo', 'goLiveDate'],
  check: (_context, change) => {
    const row: AnyRow | undefined = change.after;
    if (row === undefined || (row['state'] !== 'active' && row['state'] !== 'blocked')) return undefined;
    const { fields } = tableOf('onboardingCase');
    const missing = ['assignedTo', 'goLiveDate'].flatMap((key): (readonly [string, Field])[] => {
      const field = fields[key];
      return field === undefined || row[key] !== undefined ? [] : [[key, field]];
    });
    return missing.length === 0 ? undefined : missingError('onboardingCase', row, missing);
  },
});

export const onboardingRules: readonly AnyRule[] = [caseNamed, caseFits, engagementsFollow, underWayIsComplete];
