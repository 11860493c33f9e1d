import { settingProblem } from '#shared/domain/validate/setting-value.ts';
import { isSettingKey, SETTING_DEFAULTS, type SettingKey, type Settings } from '#shared/model/settings.ts';
import { dateOfInstant } from '#shared/util/calendar-days.ts';
import type { WorkspaceSettings } from '../context.ts';
import type { Host } from '../host/host.ts';
import type { WorkingSet } from '../store/working-set.ts';

type Values = { -readonly [K in SettingKey]: Settings[K] };

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
    const { asOf } = values;
    return { ...values, asOf: asOf ?? dayOf(host.now(), values.timeZone), asOfSet: asOf !== null };
  };
}

function read(rows: WorkingSet): Values {
  const values: Values = { ...SETTING_DEFAULTS };
  for (const { key, value } of rows.view.all('setting')) {
    if (!isSettingKey(key) || value === undefined || value === null || settingProblem(key, value) !== undefined) continue;
    Object.assign(values, { [key]: value }); // of the setting's own kind, tested in the line above
  }
  return values;
}
