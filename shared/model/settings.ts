/** Settings that exist, with their default. Stored as rows of the `setting` table only where changed (REC-44). */
export const SETTING_DEFAULTS = {
  /** The day that counts as today, `YYYY-MM-DD`; null: the real one. */
  asOf: null as string | null,
  timeZone: 'UTC' as string,
  currency: 'USD' as string,
  /** Whether an engagement must name its onboarding case (BR-05). */
  onboardingMandatory: false as boolean,
  workspaceName: 'My portfolio' as string,
  currentUser: null as string | null,
  /** Longest series of meetings in days (TCH-03). */
  meetingSeriesDays: 365 as number,
  /** Years that a roadmap shows. */
  roadmapYears: 10 as number,
  /** Staged rows older than so many days are backed up (ONB-08). */
  stagingBackupDays: 2 as number,
  /** Whether templates of plans are approved before they are published (BLU-02). */
  approvalRequired: true as boolean,
  /** Where one range of contract values ends and the next begins, in major units of the workspace's currency, rising. */
  contractValueRanges: [10_000, 50_000, 100_000, 500_000, 1_000_000] as readonly number[],
  /** What one unit of another currency is worth in the workspace's (UX-04). */
  exchangeRates: {} as Readonly<Record<string, number>>,
} as const;
export type Settings = typeof SETTING_DEFAULTS;
export type SettingKey = keyof Settings;

/** Whether a text from outside names a setting. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTING_DEFAULTS, key);
}
