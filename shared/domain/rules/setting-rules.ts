import { AppError } from '../../errors/app-error.ts';
import { isSettingKey } from '../../model/settings.ts';
import { settingProblem } from '../validate/setting-value.ts';
import { rule, type AnyRule } from './rule.ts';

/** REC-44: only settings that exist, with values that they can have; an absent value is the default. */
const settingFits = rule('REC-44', 'setting', ['create', 'update'], {
  check: ({ view }, { after }) => {
    if (!after) return undefined;
    if (!isSettingKey(after.key))
      return new AppError('validation', `There is no setting “${after.key.slice(0, 60)}”.`, {
        rule: 'REC-44',
        table: 'setting',
        field: 'key',
      });
    const unknownUser = after.key === 'currentUser' && typeof after.value === 'string' && view.get('user', after.value) === undefined;
    const problem = settingProblem(after.key, after.value) ?? (unknownUser ? 'Current user must be a user.' : undefined);
    return problem === undefined
      ? undefined
      : new AppError('validation', problem, { rule: 'REC-44', table: 'setting', recordId: after.id, field: 'value' });
  },
});

export const settingRules: readonly AnyRule[] = [settingFits];
