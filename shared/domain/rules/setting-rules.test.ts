import { expect, test } from 'vitest';
import { SETTING_DEFAULTS, type SettingKey } from '../../model/settings.ts';
import { ruleWorld } from '../../../test/support/rule-harness.ts';
import { settingProblem } from '../validate/setting-value.ts';

test.each([
  ['meetingSeriesDays', 90, [0, 1.5, 4_000, '90'], 'Longest series of meetings must be a whole number of days from 1 to 3660.'],
  ['roadmapYears', 5, [0, 51, true], 'Years of a roadmap must be a whole number of years from 1 to 50.'],
  ['stagingBackupDays', 0, [-1, 366], 'Age of rows to be backed up must be a whole number of days from 0 to 365.'],
  ['approvalRequired', false, ['no', 0], 'Approval of templates must be yes or no.'],
  ['onboardingMandatory', true, ['yes', 1], 'Onboarding mandatory must be yes or no.'],
  [
    'contractValueRanges',
    [1_000, 20_000],
    [[], [5, 5], [20, 10], [0], 'all'],
    'Ranges of contract values must be up to 20 rising amounts above 0.',
  ],
  [
    'exchangeRates',
    { EUR: 1.08 },
    [{ EUR: 0 }, { XXQ: 1 }, [1], { EUR: 'a' }],
    'Exchange rates must be currency codes with rates above 0.',
  ],
] as const)('REC-44 %s takes what fits it and nothing else', (key, good, bad, says) => {
  const w = ruleWorld();
  w.run(({ create }) => create('setting', 's1', { key, value: good }));
  for (const value of bad) {
    const refused = w.refused(({ update }) => update('setting', 's1', { value }));
    expect(refused.message).toBe(says);
    expect(refused.details).toMatchObject({ rule: 'REC-44', table: 'setting', field: 'value' });
  }
});

test('REC-44 every default is a value that its setting can have', () => {
  for (const [key, value] of Object.entries(SETTING_DEFAULTS)) expect(settingProblem(key as SettingKey, value), key).toBeUndefined();
});

test('REC-44 a setting that does not exist is refused by name, a user must exist', () => {
  const w = ruleWorld();
  expect(w.refused(({ create }) => create('setting', 's1', { key: 'colour', value: 'red' })).message).toBe('There is no setting “colour”.');
  expect(w.refused(({ create }) => create('setting', 's1', { key: 'currentUser', value: 'nobody' })).message).toBe(
    'Current user must be a user.',
  );
});
