import { readWorkingHours } from '../planner/slots.ts';
import { SETTING_DEFAULTS, type SettingKey } from '../../model/settings.ts';
import { CADENCE_TIERS } from '../../model/tables/account.ts';
import { isDate, isTimeZone } from '../../util/calendar-days.ts';
import { isCurrency } from '../../util/currencies.ts';
import { isPlainObject } from './plain-json.ts';

type Test = { readonly label: string; readonly allows: (value: unknown) => boolean; readonly wanted: string };

const whole =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const yesOrNo = (value: unknown): boolean => typeof value === 'boolean';

const MOST_RANGES = 20;
const MOST_CURRENCIES = 200;

function isRising(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_RANGES) return false;
  return value.every((one, at) => typeof one === 'number' && Number.isFinite(one) && one > (at === 0 ? 0 : Number(value[at - 1])));
}

function areRates(value: unknown): boolean {
  if (!isPlainObject(value) || Object.keys(value).length > MOST_CURRENCIES) return false;
  return Object.entries(value).every(([code, rate]) => isCurrency(code) && typeof rate === 'number' && Number.isFinite(rate) && rate > 0);
}

const MOST_DAYS = 3_650;
const MOST_POINTS = 1_000;

/** Whole days by tier; every tier that exists may be left out. */
function areDaysByTier(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  return Object.entries(value).every(([tier, days]) => Object.hasOwn(CADENCE_TIERS, tier) && whole(0, MOST_DAYS)(days));
}

function isFormula(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  return Object.entries(value).every(
    ([name, points]) =>
      Object.hasOwn(SETTING_DEFAULTS.todayFormula, name) && typeof points === 'number' && points >= 0 && points <= MOST_POINTS,
  );
}

const DAYS_BY_TIER = 'whole days from 0 to 3650 for strategic, growth, core and nurture';

const TESTS: { readonly [K in SettingKey]: Test } = {
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
  onboardingMandatory: { label: 'Onboarding mandatory', allows: yesOrNo, wanted: 'yes or no' },
  workspaceName: {
    label: 'Name of the workspace',
    allows: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 100,
    wanted: 'a name of at most 100 characters',
  },
  currentUser: { label: 'Current user', allows: (value) => typeof value === 'string', wanted: 'a user' },
  meetingSeriesDays: { label: 'Longest series of meetings', allows: whole(1, 3_660), wanted: 'a whole number of days from 1 to 3660' },
  roadmapYears: { label: 'Years of a roadmap', allows: whole(1, 50), wanted: 'a whole number of years from 1 to 50' },
  stagingBackupDays: { label: 'Age of rows to be backed up', allows: whole(0, 365), wanted: 'a whole number of days from 0 to 365' },
  approvalRequired: { label: 'Approval of templates', allows: yesOrNo, wanted: 'yes or no' },
  contractValueRanges: { label: 'Ranges of contract values', allows: isRising, wanted: 'up to 20 rising amounts above 0' },
  cadenceTouchDays: { label: 'Days between touches', allows: areDaysByTier, wanted: DAYS_BY_TIER },
  cadenceReviewDays: { label: 'Days between business reviews', allows: areDaysByTier, wanted: DAYS_BY_TIER },
  cadenceExecutiveDays: { label: 'Days between executive check-ins', allows: areDaysByTier, wanted: DAYS_BY_TIER },
  renewalTalkDays: {
    label: 'Days from the renewal talk to the renewal',
    allows: whole(0, 365),
    wanted: 'a whole number of days from 0 to 365',
  },
  todayFormula: { label: 'Order of Today', allows: isFormula, wanted: 'known names with numbers from 0 to 1000' },
  workdayMinutes: { label: 'Minutes of a working day', allows: whole(30, 1_440), wanted: 'a whole number of minutes from 30 to 1440' },
  workingHours: {
    label: 'Working hours',
    allows: (value) => typeof value === 'string' && readWorkingHours(value) !== undefined,
    wanted: 'two times such as 09:00-17:00, the first before the last',
  },
  answerDays: { label: 'Days to wait for an answer', allows: whole(0, 60), wanted: 'a whole number of days from 0 to 60' },
  tellGuests: {
    label: 'Telling guests of changes',
    allows: (value) => value === 'ask' || value === 'always' || value === 'never',
    wanted: 'ask, always or never',
  },
  reminderMinutes: { label: 'Minutes before a meeting', allows: whole(0, 1_440), wanted: 'a whole number of minutes from 0 to 1440' },
  quietHours: {
    label: 'Quiet hours',
    allows: (value) => typeof value === 'string' && (value === 'none' || /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(value)),
    wanted: 'two times such as 20:00-07:00, or none',
  },
  exchangeRates: { label: 'Exchange rates', allows: areRates, wanted: 'currency codes with rates above 0' },
};

/** What is wrong with a setting's value, as a sentence; undefined where it fits. Nothing at all stands for the default. */
export function settingProblem(key: SettingKey, value: unknown): string | undefined {
  const { label, allows, wanted } = TESTS[key];
  return value === undefined || value === null || allows(value) ? undefined : `${label} must be ${wanted}.`;
}

/** What a setting is called. */
export function settingLabel(key: SettingKey): string {
  return TESTS[key].label;
}
