import type { ActivityKind } from '#shared/domain/playbooks/definition.ts';
import type { ActivityState, StageState } from '#shared/domain/playbooks/progress.ts';
import type { EVENT_KINDS } from '#shared/model/tables/playbook.ts';
import type { IconName } from '../../ui/icon-paths.ts';

type Words = { readonly label: string; readonly icon: IconName };

/** What a state is called, with its sign: colour never speaks alone. */
export const STATE_WORDS: Readonly<Record<ActivityState, Words>> = {
  pending: { label: 'Waiting', icon: 'clock' },
  ready: { label: 'Ready', icon: 'chevronRight' },
  inProgress: { label: 'In progress', icon: 'pencil' },
  blocked: { label: 'Held up', icon: 'lock' },
  done: { label: 'Done', icon: 'check' },
  skipped: { label: 'Skipped', icon: 'arrowDown' },
  leftOut: { label: 'Left out', icon: 'close' },
  cancelled: { label: 'Cancelled', icon: 'close' },
};

export const STAGE_WORDS: Readonly<Record<StageState, Words>> = {
  pending: { label: 'Waiting', icon: 'clock' },
  current: { label: 'Under way', icon: 'chevronRight' },
  done: { label: 'Done', icon: 'check' },
  cancelled: { label: 'Cancelled', icon: 'close' },
};

const VERBS: Partial<Record<ActivityKind, string>> = {
  comment: 'Send and continue',
  note: 'Send and continue',
  view: 'Mark read',
  mail: 'Send mail',
  close: 'Close record',
  taskGate: 'Continue',
  meetingGate: 'Continue',
  choose: 'Continue',
  tasks: 'Create tasks',
};

/** What completing an activity of a kind is called. */
export function verbOf(kind: ActivityKind): string {
  return VERBS[kind] ?? 'Mark complete';
}

export const EVENT_ICONS: Readonly<Record<keyof typeof EVENT_KINDS, IconName>> = {
  begun: 'chevronRight',
  opened: 'eye',
  prepared: 'plus',
  withdrawn: 'close',
  imported: 'import',
  kept: 'save',
  completed: 'check',
  skipped: 'arrowDown',
  reopened: 'undo',
  reassigned: 'person',
  migrated: 'refresh',
};
