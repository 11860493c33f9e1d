import type { Row } from '../../model/dictionary.ts';
import { isTimeZone } from '../../util/calendar-days.ts';
import { settingProblem } from '../validate/setting-value.ts';
import type { ReadView } from '../view.ts';

/** How a person is reminded: quiet hours on the clock of a zone, minutes before a meeting. */
export type Reminding = { readonly quietHours: string; readonly timeZone: string; readonly reminderMinutes: number };

/** What a person has set for themselves; `person` undefined: whoever works where nobody in particular does. */
export function ownPreferenceOf(view: ReadView, person: string | undefined): Row<'ownPreference'> | undefined {
  if (person !== undefined) return view.by('ownPreference', 'owner', person).toSorted(byId)[0];
  return [...view.all('ownPreference')].filter(({ owner }) => owner === undefined).toSorted(byId)[0];
}

// two devices may have made one each while they were apart: both then go by the same
const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** How a person is reminded (TCH-10): by what they set, else by their record, else as the workspace says. What is no zone or time is left out. */
export function remindingOf(view: ReadView, person: string | undefined, workspace: Reminding): Reminding {
  const own = ownPreferenceOf(view, person);
  const zones = [own?.timeZone, person === undefined ? undefined : view.get('user', person)?.timeZone];
  const quiet = own?.quietHours;
  return {
    quietHours: quiet === undefined || settingProblem('quietHours', quiet) !== undefined ? workspace.quietHours : quiet,
    timeZone: zones.find((zone) => zone !== undefined && isTimeZone(zone)) ?? workspace.timeZone,
    reminderMinutes: own?.reminderMinutes ?? workspace.reminderMinutes,
  };
}
