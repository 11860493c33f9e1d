import type { z } from 'zod';
import { brief } from './areas/brief.ts';
import { calls } from './areas/calls.ts';
import { choices } from './areas/choices.ts';
import { attachments } from './areas/attachments.ts';
import { activity } from './areas/activity.ts';
import { health } from './areas/health.ts';
import { importing } from './areas/importing.ts';
import { lists } from './areas/lists.ts';
import { people } from './areas/people.ts';
import { mails } from './areas/mails.ts';
import { meetings } from './areas/meetings.ts';
import { notices } from './areas/notices.ts';
import { playbooks } from './areas/playbooks.ts';
import { planner } from './areas/planner.ts';
import { portfolio } from './areas/portfolio.ts';
import { records } from './areas/records.ts';
import { risk } from './areas/risk.ts';
import { undo } from './areas/undo.ts';
import { engagementScore } from './areas/engagement-score.ts';
import { outreach } from './areas/outreach.ts';
import { today } from './areas/today.ts';
import { reminders } from './areas/reminders.ts';
import { workspace } from './areas/workspace.ts';
import { search } from './areas/search.ts';
import { sync } from './areas/sync.ts';
import type { Operation } from './define.ts';

/** Everything a screen or the command line may ask of the engine. A name that is not here is refused at run time. */
export const engineContract = {
  ...records,
  ...choices,
  ...lists,
  ...activity,
  ...notices,
  ...workspace,
  ...health,
  ...risk,
  ...playbooks,
  ...portfolio,
  ...importing,
  ...attachments,
  ...people,
  ...search,
  ...undo,
  ...sync,
  ...today,
  ...calls,
  ...meetings,
  ...mails,
  ...outreach,
  ...engagementScore,
  ...brief,
  ...planner,
  ...reminders,
} as const satisfies Readonly<Record<string, Operation>>;

export type EngineContract = typeof engineContract;
export type OperationName = keyof EngineContract;
export type Input<N extends OperationName> = z.input<EngineContract[N]['input']>;
/** What a handler receives: the validated input. */
export type Parsed<N extends OperationName> = z.output<EngineContract[N]['input']>;
export type Output<N extends OperationName> = z.output<EngineContract[N]['output']>;
type OfKind<K extends string> = { [N in OperationName]: EngineContract[N]['kind'] extends K ? N : never }[OperationName];
export type QueryName = OfKind<'query'>;
export type CommandName = OfKind<'command'>;
export type JobName = OfKind<'job'>;
