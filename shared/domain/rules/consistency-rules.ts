import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

/** Whether two accounts are the same or stand above one another (a group's contacts and contracts serve its companies). */
function related(one: string, other: string, view: ReadView): boolean {
  return one === other || isAbove(one, other, view) || isAbove(other, one, view);
}

function isAbove(above: string, account: string, view: ReadView): boolean {
  const seen = new Set<string>();
  for (let at = view.get('account', account)?.parent; at !== undefined && !seen.has(at); at = view.get('account', at)?.parent) {
    if (at === above) return true;
    seen.add(at);
  }
  return false;
}

/** A record that another one of the same account names belongs to that account, or to one above or below it. */
function ofOneAccount(id: string, table: TableName, field: string): AnyRule {
  const check = rule(id, table, ['create', 'update'], {
    fields: [field, 'account'],
    check: ({ view, puttingBack }, change) => {
      const row: AnyRow | undefined = change.after;
      const named = row?.[field];
      const to = tableOf(table).fields[field]?.to;
      if (!row || typeof named !== 'string' || to === undefined || puttingBack) return undefined;
      const other: AnyRow | undefined = view.get(to as TableName, named); // references of the dictionary point to its tables
      const [own, theirs] = [row['account'], other?.['account']];
      if (!other || typeof own !== 'string' || typeof theirs !== 'string' || related(own, theirs, view)) return undefined;
      const label = tableOf(table).fields[field]?.label ?? field;
      return refusal(
        id,
        change,
        `${sentence(nameOf(table, row, view))}: ${label} is ${nameOf(to as TableName, other, view)}, which belongs to another account. Choose one of the same account.`, // as above
        { field },
      );
    },
  });
  return check as AnyRule; // made for this very table
}

/** A period does not end before it starts; both days may be the same. */
function inOrder(id: string, table: TableName, from: string, to: string): AnyRule {
  const check = rule(id, table, ['create', 'update'], {
    fields: [from, to],
    check: ({ view }, change) => {
      const row: AnyRow | undefined = change.after;
      const [start, end] = [row?.[from], row?.[to]];
      if (!row || typeof start !== 'string' || typeof end !== 'string' || end.slice(0, 10) >= start.slice(0, 10)) return undefined;
      const label = (field: string): string => tableOf(table).fields[field]?.label ?? field;
      return refusal(
        id,
        change,
        `${sentence(nameOf(table, row, view))}: ${label(to)} (${end.slice(0, 10)}) is before ${label(from)} (${start.slice(0, 10)}). Correct one of them.`,
        { field: to },
      );
    },
  });
  return check as AnyRule; // made for this very table
}

/** An opportunity of an engagement belongs to its account (REC-09). */
const opportunityAccount = rule('REC-09', 'opportunity', ['create', 'update'], {
  fill: ({ view }, { after }) =>
    after?.engagement !== undefined && after.account === undefined
      ? { account: view.get('engagement', after.engagement)?.account ?? null }
      : undefined,
});

export const consistencyRules: readonly AnyRule[] = [
  opportunityAccount,
  ofOneAccount('REC-10', 'engagement', 'keyContact'),
  ofOneAccount('REC-16', 'touchpoint', 'contact'),
  ofOneAccount('REC-11', 'successObjective', 'sponsor'),
  ofOneAccount('REC-13', 'successInitiative', 'contact'),
  ofOneAccount('REC-14', 'successCase', 'contact'),
  ofOneAccount('REC-15', 'successTask', 'contact'),
  ofOneAccount('REC-19', 'internalPlay', 'contract'),
  ofOneAccount('REC-24', 'onboardingCase', 'contact'),
  ofOneAccount('REC-24', 'onboardingCase', 'parent'),
  ofOneAccount('REC-25', 'onboardingTask', 'contact'),
  ofOneAccount('REC-05', 'soldProduct', 'contract'),
  ofOneAccount('REC-09', 'opportunity', 'engagement'),
  ofOneAccount('HLT-09', 'outcomeEvent', 'contract'),
  inOrder('BR-11', 'successObjective', 'plannedStart', 'plannedStop'),
  inOrder('BR-11', 'successOutcome', 'plannedStart', 'plannedStop'),
  inOrder('REC-06', 'contract', 'startDate', 'endDate'),
  inOrder('REC-05', 'soldProduct', 'startDate', 'endDate'),
  ofOneAccount('REC-07', 'entitlement', 'contract'),
  ofOneAccount('REC-07', 'entitlement', 'soldProduct'),
  ofOneAccount('REC-08', 'installBaseItem', 'contact'),
  ofOneAccount('REC-09', 'opportunity', 'contract'),
  ofOneAccount('REC-41', 'escalation', 'engagement'),
  ofOneAccount('REC-41', 'escalation', 'raisedBy'),
  ofOneAccount('REC-42', 'activity', 'engagement'),
  ofOneAccount('REC-42', 'activity', 'contact'),
  ofOneAccount('REC-42', 'outreach', 'contact'),
  ofOneAccount('REC-45', 'surveyResponse', 'contact'),
  ofOneAccount('REC-45', 'surveyResponse', 'engagement'),
  ofOneAccount('REC-45', 'surveyResponse', 'ticket'),
  ofOneAccount('REC-40', 'adoptionRoadmap', 'soldProduct'),
  inOrder('REC-07', 'entitlement', 'startDate', 'endDate'),
  inOrder('REC-08', 'installBaseItem', 'installedOn', 'retiredOn'),
  inOrder('REC-46', 'accountAddress', 'validFrom', 'validTo'),
  inOrder('REC-46', 'installBaseLocation', 'validFrom', 'validTo'),
  inOrder('REC-42', 'outreach', 'sentOn', 'respondedOn'),
  inOrder('REC-40', 'adoptionRoadmap', 'plannedStart', 'dueDate'),
  inOrder('REC-41', 'escalation', 'raisedOn', 'dueDate'),
];
