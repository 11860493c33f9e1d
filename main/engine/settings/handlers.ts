import { AppError } from '#shared/errors/app-error.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import { ratesOf } from '#shared/domain/money-rates.ts';
import { settingLabel, settingProblem } from '#shared/domain/validate/setting-value.ts';
import { isSettingKey, SETTING_DEFAULTS } from '#shared/model/settings.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { figuresOf } from '../jobs/figures.ts';
import { dataAsOf } from './data-as-of.ts';

type Names = 'workspace.status' | 'workspace.set' | 'workspace.settings';

/** Below so much free space the footer warns. */
const LOW_BYTES = 500 * 1024 * 1024;

async function storageOf({ host, storage }: EngineContext) {
  const { recovered, problem } = storage();
  // the figures are a help; without them the store works as well
  const estimate = await host.estimateStorage?.().catch(() => undefined);
  const bytes = estimate === undefined ? {} : { usedBytes: estimate.usedBytes, freeBytes: estimate.freeBytes };
  if (problem !== undefined) return { health: 'low' as const, message: problem, ...bytes };
  if (estimate !== undefined && estimate.freeBytes < LOW_BYTES)
    return { health: 'low' as const, message: 'There is little space left on the disk.', ...bytes };
  if (recovered !== undefined) return { health: 'recovered' as const, message: recovered, ...bytes };
  if (estimate !== undefined && !estimate.persisted) {
    const message = 'The browser may clear these records when it runs short of space. Install the application to keep them.';
    return { health: 'volatile' as const, message, ...bytes };
  }
  return { health: 'good' as const, message: 'Saved on this computer.', ...bytes };
}

function wrong(key: string, message: string): AppError {
  return new AppError('validation', message, { table: 'setting', field: key });
}

/** Settings and state of the workspace. */
export const workspaceHandlers: Handlers<Names> = {
  'workspace.status': async (context) => {
    const { view, settings } = context;
    const { asOf, asOfSet, currency, timeZone, workspaceName, currentUser } = settings();
    const { rates, of: ratesOn } = ratesOf(context.whole.view);
    const newest = dataAsOf(context);
    const computing = figuresOf(context).progress();
    return {
      today: asOf,
      asOfSet,
      ...(newest === undefined ? {} : { dataAsOf: newest }),
      unsent: await context.storage().unsent(),
      empty: view.count('account') === 0 && view.count('engagement') === 0,
      ...(computing ? { computing } : {}),
      storage: await storageOf(context),
      settings: {
        currency,
        timeZone,
        workspaceName,
        currentUser,
        rates: { ...rates },
        ...(ratesOn === undefined ? {} : { ratesOf: ratesOn }),
      },
    };
  },
  'workspace.settings': ({ settings }) => {
    const {
      meetingSeriesDays,
      roadmapYears,
      stagingBackupDays,
      approvalRequired,
      onboardingMandatory,
      contractValueRanges,
      exchangeRates,
      cadenceTouchDays,
      cadenceReviewDays,
      cadenceExecutiveDays,
      renewalTalkDays,
      todayFormula,
      workdayMinutes,
      workingHours,
      answerDays,
      tellGuests,
      reminderMinutes,
      quietHours,
    } = settings();
    return {
      meetingSeriesDays,
      roadmapYears,
      stagingBackupDays,
      approvalRequired,
      onboardingMandatory,
      contractValueRanges: [...contractValueRanges],
      exchangeRates: { ...exchangeRates },
      cadenceTouchDays: { ...cadenceTouchDays },
      cadenceReviewDays: { ...cadenceReviewDays },
      cadenceExecutiveDays: { ...cadenceExecutiveDays },
      renewalTalkDays,
      todayFormula: { ...todayFormula },
      workdayMinutes,
      workingHours,
      answerDays,
      tellGuests,
      reminderMinutes,
      quietHours,
    };
  },
  'workspace.set': async (context, { key, value }, call) => {
    if (!isSettingKey(key)) throw wrong(key, `There is no setting “${key}”.`);
    const problem = settingProblem(key, value) ?? (value === null && SETTING_DEFAULTS[key] !== null ? 'Choose a value.' : undefined);
    if (problem !== undefined) throw wrong(key, problem);
    if (key === 'currentUser' && typeof value === 'string' && context.view.get('user', value) === undefined)
      throw wrong(key, 'This user does not exist any more.');
    const { changeSetId } = await context.records.run({ ...call, label: `Change setting: ${settingLabel(key)}` }, (draft) => {
      const [known] = draft.view.by('setting', 'key', key);
      const isDefault = sameValue(value, SETTING_DEFAULTS[key]);
      if (known === undefined) {
        if (!isDefault) draft.create('setting', { key, value });
      } else if (isDefault) draft.remove('setting', known.id);
      else draft.update('setting', known.id, { value });
    });
    return { changeSetId };
  },
};
