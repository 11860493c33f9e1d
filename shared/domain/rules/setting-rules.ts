import { AppError } from '../../errors/app-error.ts';
import { SETTING_DEFAULTS, type SettingKey } from '../../model/settings.ts';
import { isDate, isTimeZone } from '../../util/calendar-days.ts';
import { isCurrency } from '../../util/currencies.ts';
import type { ReadView } from '../view.ts';
import { rule, type AnyRule } from './rule.ts';

type Test = { readonly label: string; readonly allows: (value: unknown, view: ReadView) => boolean; readonly wanted: string };

const SETTINGS: { readonly [K in SettingKey]: Test } = {
  asOf: {
    label: 'Today',
    allows: (value) => typeof value === 'string' && isDate(value),
    wanted: 'a date such as 2025-03-31, or nothing for the real one',
  },
  timeZone: {
    label: 'Time zone',
    allows: (value) => typeof value === 'string' && isTimeZone(value),
    wanted: 'a time zone such as Europe/Vienna',
  },
  currency: {
    label: 'Currency',
    allows: (value) => typeof value === 'string' && isCurrency(value),
    wanted: 'a currency code such as USD or EUR',
  },
  onboardingMandatory: { label: 'Onboarding mandatory', allows: (value) => typeof value === 'boolean', wanted: 'yes or no' },
  workspaceName: {
    label: 'Name of the workspace',
    allows: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 200,
    wanted: 'a name of at most 200 characters',
  },
  currentUser: {
    label: 'Current user',
    allows: (value, view) => typeof value === 'string' && view.get('user', value) !== undefined,
    wanted: 'a user',
  },
};

/** REC-44: only settings that exist, with values that they can have; an absent value is the default. */
const settingFits = rule('REC-44', 'setting', ['create', 'update'], {
  check: ({ view }, { after }) => {
    if (!after) return undefined;
    if (!Object.hasOwn(SETTING_DEFAULTS, after.key))
      return new AppError('validation', `There is no setting “${after.key.slice(0, 60)}”.`, {
        rule: 'REC-44',
        table: 'setting',
        field: 'key',
      });
    const { label, allows, wanted } = SETTINGS[after.key as SettingKey]; // a key of the defaults, tested above
    if (after.value === undefined || after.value === null || allows(after.value, view)) return undefined;
    return new AppError('validation', `${label} must be ${wanted}.`, {
      rule: 'REC-44',
      table: 'setting',
      recordId: after.id,
      field: 'value',
    });
  },
});

export const settingRules: readonly AnyRule[] = [settingFits];
