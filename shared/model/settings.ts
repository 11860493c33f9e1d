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
  /** Years that the roadmap of plans shows (BLU-07, which comes with success plans). */
  roadmapYears: 10 as number,
  /** Staged rows older than so many days are backed up (ONB-08, which comes with onboarding). */
  stagingBackupDays: 2 as number,
  /** Whether templates of plans are approved before they are published (BLU-02, which comes with these templates). */
  approvalRequired: true as boolean,
  /** Where one range of contract values ends and the next begins, in major units of the workspace's currency, rising: the order of Today, filters of reports (DSH-07). */
  contractValueRanges: [10_000, 50_000, 100_000, 500_000, 1_000_000] as readonly number[],
  /** What one unit of another currency is worth in the workspace's (UX-04): sums of lists, the order of Today. */
  exchangeRates: {} as Readonly<Record<string, number>>,
  /** Days between two touches, business reviews and executive check-ins by tier; 0: none (ENG-09, scoring.md section 2). */
  cadenceTouchDays: { strategic: 7, growth: 14, core: 30, nurture: 0 } as Readonly<Record<string, number>>,
  cadenceReviewDays: { strategic: 90, growth: 180, core: 365, nurture: 0 } as Readonly<Record<string, number>>,
  cadenceExecutiveDays: { strategic: 90, growth: 180, core: 0, nurture: 0 } as Readonly<Record<string, number>>,
  /** Days before a renewal by which it should have been talked about; 0: nothing reminds of it. */
  renewalTalkDays: 60 as number,
  /** What counts how much for the order of Today (DSH-13): points of each kind of line, weights of each factor. */
  todayFormula: {
    meeting: 100,
    touchpoint: 60,
    task: 50,
    risk: 60,
    renewal: 55,
    cadence: 45,
    money: 1,
    danger: 1,
    nearness: 1,
    debt: 1,
  } as Readonly<Record<string, number>>,
  /** Minutes of work that a day holds. */
  workdayMinutes: 480 as number,
  /** When conversations are proposed, on the clock of each who takes part (TCH-06). */
  workingHours: '09:00-17:00' as string,
  /** Days without an answer after which an attempt to reach someone is followed up (T6). */
  answerDays: 3 as number,
  /** Whether guests are told by mail of a meeting that was moved, changed, completed or cancelled (TCH-04): `ask`, `always` or `never`. */
  tellGuests: 'ask' as string,
  /** Minutes before a meeting at which one is reminded of it (TCH-10). */
  reminderMinutes: 10 as number,
  /** When no reminder is shown to whoever has no quiet hours of their own; `none`: there is no such time. */
  quietHours: '20:00-07:00' as string,
} as const;
export type Settings = typeof SETTING_DEFAULTS;
export type SettingKey = keyof Settings;

/** Whether a text from outside names a setting. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTING_DEFAULTS, key);
}
