import { SETTING_DEFAULTS, type SettingKey } from '#shared/model/settings.ts';
import { dateOfInstant } from '#shared/util/calendar-days.ts';
import type { WorkspaceSettings } from '../context.ts';
import type { Host } from '../host/host.ts';
import type { WorkingSet } from '../store/working-set.ts';

type Values = { -readonly [K in SettingKey]: (typeof SETTING_DEFAULTS)[K] extends boolean ? boolean : string | null };

/** Reads the workspace's settings from their records; what is not set has its default. */
export function createSettings(host: Host, rows: WorkingSet): () => WorkspaceSettings {
  let version = -1;
  let values = read(rows);
  let today = { instant: '', zone: '', day: '' };
  const dayOf = (instant: string, zone: string): string => {
    // a minute's difference can be another day, less cannot
    const minute = instant.slice(0, 16);
    if (today.instant !== minute || today.zone !== zone) today = { instant: minute, zone, day: dateOfInstant(instant, zone) };
    return today.day;
  };
  return () => {
    const set = rows.table('setting');
    if (set.version() !== version) {
      values = read(rows);
      version = set.version();
    }
    const timeZone = values.timeZone ?? SETTING_DEFAULTS.timeZone;
    return {
      asOf: values.asOf ?? dayOf(host.now(), timeZone),
      asOfSet: values.asOf !== null,
      timeZone,
      currency: values.currency ?? SETTING_DEFAULTS.currency,
      workspaceName: values.workspaceName ?? SETTING_DEFAULTS.workspaceName,
      currentUser: values.currentUser,
      onboardingMandatory: values.onboardingMandatory,
    };
  };
}

function read(rows: WorkingSet): Values {
  const values: Values = { ...SETTING_DEFAULTS };
  for (const row of rows.view.all('setting')) {
    const { key, value } = row;
    if (key === 'onboardingMandatory') values.onboardingMandatory = value === true;
    else if (isTextKey(key) && typeof value === 'string') values[key] = value;
  }
  return values;
}

function isTextKey(key: string): key is Exclude<SettingKey, 'onboardingMandatory'> {
  return Object.hasOwn(SETTING_DEFAULTS, key) && key !== 'onboardingMandatory';
}
