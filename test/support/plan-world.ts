import { cancelling, closing, reopening } from '#shared/domain/rules/life-cycle.ts';
import type { FieldsToSet } from '#shared/domain/rules/rule.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { refTo } from '#shared/model/any-reference.ts';
import { portfolioWorld, type RuleWorld, type TestCommand } from './rule-harness.ts';

let moment = 0;

/** When the next deed of a test happens: each at a time of its own (UTC ISO). */
function nextMoment(): string {
  moment += 1;
  return new Date(Date.UTC(2025, 5, 15, 10) + moment * 1_000).toISOString();
}

/** A command that ends or reopens a record as the store does it. */
export type Deed = (command: TestCommand) => void;

/** Closes with the first code that is not the one of cancelling. */
export function close(w: RuleWorld, table: TableName, id: string, code: string): Deed {
  const ending = { at: nextMoment(), by: 'u1', view: w.view };
  return ({ update }) => update(table, id, closing(table, w.row(table, id), code, 'Done', ending), 'close');
}

/** Cancels. */
export function cancel(w: RuleWorld, table: TableName, id: string): Deed {
  const ending = { at: nextMoment(), by: 'u1', view: w.view };
  return ({ update }) => update(table, id, cancelling(table, w.row(table, id), 'Not needed', ending), 'cancel');
}

/** Reopens. */
export function reopen(w: RuleWorld, table: TableName, id: string): Deed {
  return ({ update }) => update(table, id, reopening(table, w.row(table, id), w.view), 'reopen');
}

/** Values of a risk signal about a record. */
export const signalAbout = (table: TableName, id: string): FieldsToSet => ({ shortDescription: 'Sponsor left', about: refTo(table, id) });

/**
 * The portfolio world with one of everything that is planned for engagement e1: objective o1, outcome u1 … as `so1`, `st1`,
 * initiative `si1` with task `sk1`, case `sc1` with task `sk2`, touchpoint `t1` with task `sk3`, play `ip1` with task `ik1`, and
 * onboarding case `oc1` of account a1 with task `ok1` and data import task `di1`.
 */
export function planWorld(): RuleWorld {
  const w = portfolioWorld();
  const description = 'As agreed';
  w.run(({ create }) => {
    create('successObjective', 'so1', { title: 'Faster service', engagement: 'e1', description });
    create('successOutcome', 'st1', { title: 'Half the waiting', objective: 'so1', description });
    create('successInitiative', 'si1', { subject: 'New desk', outcome: 'st1' });
    create('successTask', 'sk1', { subject: 'Workshop', parent: 'successInitiative/si1', description });
    create('successCase', 'sc1', { shortDescription: 'Slow search', engagement: 'e1', description });
    create('successTask', 'sk2', { subject: 'Look at it', parent: 'successCase/sc1', description });
    create('touchpoint', 't1', { subject: 'Review', engagement: 'e1', heldOn: '2025-06-01' });
    create('successTask', 'sk3', { subject: 'Send slides', parent: 'touchpoint/t1', description });
    create('internalPlay', 'ip1', { shortDescription: 'Renewal', engagement: 'e1', description });
    create('internalPlayTask', 'ik1', { shortDescription: 'Prepare offer', internalPlay: 'ip1', description });
    create('onboardingCase', 'oc1', { shortDescription: 'Bring Acme live', account: 'a1' });
    create('onboardingTask', 'ok1', { subject: 'Accounts', onboardingCase: 'oc1' });
    create('dataImportTask', 'di1', { subject: 'Locations', onboardingCase: 'oc1' });
  });
  return w;
}
