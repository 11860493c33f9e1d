import type { TableName } from '../../model/dictionary.ts';
import type { PLAYED_TABLES } from '../../model/tables/playbook.ts';

export type PlayedTable = (typeof PLAYED_TABLES)[number];
type TaskTable = 'successTask' | 'internalPlayTask' | 'onboardingTask';

/** The tasks of each type of work: their type, the field that leads up, what they are called by, and how they end well. */
export type TaskLink = {
  readonly table: TaskTable;
  readonly up: string;
  readonly title: string;
  readonly closed: string;
  /** All types of which records hold a gate on tasks. */
  readonly gates: readonly TableName[];
};

const SUCCESS: TaskLink = { table: 'successTask', up: 'parent', title: 'subject', closed: 'addressed', gates: ['successTask'] };

export const TASK_LINKS: Readonly<Record<PlayedTable, TaskLink>> = {
  successCase: SUCCESS,
  successInitiative: SUCCESS,
  internalPlay: {
    table: 'internalPlayTask',
    up: 'internalPlay',
    title: 'shortDescription',
    closed: 'addressed',
    gates: ['internalPlayTask'],
  },
  onboardingCase: {
    table: 'onboardingTask',
    up: 'onboardingCase',
    title: 'subject',
    closed: 'completed',
    gates: ['onboardingTask', 'dataImportTask'],
  },
};

/** Whether playbooks can run on a type. */
export function isPlayed(table: TableName): table is PlayedTable {
  return Object.hasOwn(TASK_LINKS, table);
}
