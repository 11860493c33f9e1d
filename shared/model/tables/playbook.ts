import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { closure, described, followed, ofEngagement, published } from '../mixins.ts';

/** Record types that a playbook can run on. */
export const PLAYED_TABLES = ['successCase', 'internalPlay', 'successInitiative', 'onboardingCase'] as const;
export const RUN_STATES = { inProgress: 'In progress', closed: 'Completed', cancelled: 'Cancelled' } as const;
const RUN_CODES = { completed: 'Completed', cancelled: 'Cancelled' } as const;

/** What happens in a run, in the order in which a run knows it. */
export const EVENT_KINDS = {
  begun: 'Started',
  opened: 'Opened',
  prepared: 'Prepared',
  withdrawn: 'Taken back',
  imported: 'Data taken in',
  kept: 'Saved for later',
  completed: 'Completed',
  skipped: 'Skipped',
  reopened: 'Reopened',
  reassigned: 'Reassigned',
  migrated: 'Moved to another version',
} as const;

/** A way of working, step by step (PLY-01). Its steps stand in its versions. */
export const playbook = defineTable({
  name: 'playbook',
  label: 'Playbook',
  plural: 'Playbooks',
  prefix: 'PBK',
  title: ['name'],
  access: 'configuration',
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200 }),
    forTable: f.choice(
      'Runs on',
      {
        successCase: 'Success case',
        internalPlay: 'Internal play',
        successInitiative: 'Success initiative',
        onboardingCase: 'Onboarding case',
      },
      { mandatory: true, indexed: true, column: 2 },
    ),
    automatic: f.boolean('Starts by itself', { default: false, column: 3, help: 'With every new record that fits it.' }),
    fits: f.condition('Only where', { help: 'Records for which it is meant; empty: all of its type.' }),
    order: f.integer('Order', { default: 100, min: 0, column: 4, help: 'The first that fits a new record is started.' }),
    ...published,
    ...described,
  },
});

/** The steps of a playbook as they are from some day on (PLY-10). What is published never changes; runs keep theirs. */
export const playbookVersion = defineTable({
  name: 'playbookVersion',
  label: 'Playbook version',
  plural: 'Playbook versions',
  title: ['playbook', 'version'],
  access: 'configuration',
  ownedBy: 'playbook',
  unique: [['playbook', 'version']],
  fields: {
    playbook: f.reference('Playbook', 'playbook', { mandatory: true, merge: 'refuse', column: 1 }),
    version: f.integer('Version', { mandatory: true, min: 1, max: 100_000, column: 2 }),
    /** Stages and activities, as `shared/domain/playbooks/definition.ts` reads them. */
    definition: f.json('Steps', { mandatory: true, merge: 'review' }),
    ...published,
    ...described,
  },
});

/** A playbook at work on a record (PLY-01, PLY-09). What has happened in it stands in its events. */
export const playbookRun = defineTable({
  name: 'playbookRun',
  label: 'Playbook run',
  plural: 'Playbook runs',
  prefix: 'PBR',
  title: ['playbook', 'about'],
  accountPath: 'account',
  ownedBy: 'about',
  placedBy: 'about',
  endsWith: 'about',
  lifecycle: {
    field: 'state',
    initial: 'inProgress',
    closed: 'closed',
    cancelled: 'cancelled',
    reopened: 'inProgress',
    closureCodes: RUN_CODES,
    cancelledCode: 'cancelled',
  },
  fields: {
    playbook: f.reference('Playbook', 'playbook', { mandatory: true, merge: 'refuse', column: 1 }),
    version: f.reference('Version', 'playbookVersion', { mandatory: true, merge: 'review', column: 3 }),
    about: f.anyReference('Runs on', { to: PLAYED_TABLES, mandatory: true, merge: 'refuse', column: 2 }),
    ...ofEngagement,
    state: f.choice('State', RUN_STATES, { default: 'inProgress', merge: 'review', indexed: true, column: 4 }),
    squad: f.references('Helpers', 'user', { merge: 'set', section: 'People', help: 'Who has been given one of its activities.' }),
    closureCode: f.choice('Closure code', RUN_CODES, { readOnly: true, section: 'Closure' }),
    ...closure,
    ...followed,
  },
});

/**
 * One thing that happened in a run. Events are only ever added, so that what two people did offline meets as a set (ADR 0015): the
 * order is that of the stamps, then of the IDs.
 */
export const playbookEvent = defineTable({
  name: 'playbookEvent',
  label: 'Playbook event',
  plural: 'Playbook events',
  title: ['kind', 'activity'],
  ownedBy: 'run',
  fields: {
    run: f.reference('Playbook run', 'playbookRun', { mandatory: true, merge: 'refuse', column: 1 }),
    kind: f.choice('What', EVENT_KINDS, { mandatory: true, merge: 'refuse', column: 3 }),
    activity: f.text('Activity', { merge: 'refuse', column: 2, maxLength: 60, help: 'Its key in the version.' }),
    detail: f.json('Details', { merge: 'refuse' }),
    stamp: f.text('Clock', { mandatory: true, merge: 'refuse', maxLength: 80, help: 'Orders the events of a run on every device alike.' }),
  },
});
