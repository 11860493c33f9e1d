import { dialog } from 'electron';
import type { Profile } from './profile.ts';
import type { StartPlan } from './start-plan.ts';

/** The profile to start with, once the user has agreed where she must; undefined where Satchel is to end. */
export async function agreedProfile(plan: StartPlan): Promise<Profile | undefined> {
  if (plan.plan === 'open') return plan.profile;
  if (plan.plan === 'refuse') {
    dialog.showErrorBox('Satchel', plan.why);
    return undefined;
  }
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Satchel',
    message: plan.why,
    detail:
      'Its records cannot be opened by this version. They can be built anew here from the second copy; the present files stay as they are.',
    buttons: ['Restore from the second copy', 'Quit'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0 ? plan.restored : undefined;
}
