/** Settings that exist, with their default. Stored as rows of the `setting` table only where changed. */
export const SETTING_DEFAULTS = {
  /** The day that counts as today, `YYYY-MM-DD`; null: the real one. */
  asOf: null as string | null,
  timeZone: 'UTC',
  currency: 'USD',
  /** Whether an engagement must name its onboarding case (BR-05). */
  onboardingMandatory: false,
  workspaceName: 'My portfolio',
  currentUser: null as string | null,
} as const;
export type SettingKey = keyof typeof SETTING_DEFAULTS;
