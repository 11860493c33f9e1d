import type { Condition } from './condition.ts';

/** A kind of event on the customer timeline: records of a type, at the date that a field holds, where they match. */
export type TimelineType = {
  readonly key: string;
  readonly label: string;
  readonly table: string;
  /** A date or instant of the record; also `createdAt`. */
  readonly dateField: string;
  readonly condition?: Condition | undefined;
};

const is = (value: string): Condition => ({ field: 'state', op: 'is', value });

/** The 23 kinds that are there from the beginning (WSP-09); `activityType` records switch them off, rename them and add others. */
export const TIMELINE_TYPES = [
  { key: 'meetingPlanned', label: 'Meeting planned', table: 'meeting', dateField: 'startsAt', condition: is('scheduled') },
  { key: 'meetingHeld', label: 'Meeting held', table: 'meeting', dateField: 'startsAt', condition: is('completed') },
  { key: 'emailSent', label: 'E-mail sent', table: 'email', dateField: 'sentAt', condition: is('sent') },
  { key: 'emailReceived', label: 'E-mail received', table: 'email', dateField: 'sentAt', condition: is('received') },
  { key: 'outreachSent', label: 'Outreach sent', table: 'outreach', dateField: 'sentOn' },
  { key: 'touchpoint', label: 'Touchpoint', table: 'touchpoint', dateField: 'heldOn' },
  { key: 'activityLogged', label: 'Activity', table: 'activity', dateField: 'happenedOn' },
  { key: 'surveyAnswered', label: 'Survey answered', table: 'surveyResponse', dateField: 'respondedOn' },
  { key: 'ticketOpened', label: 'Support ticket opened', table: 'supportTicket', dateField: 'submittedAt' },
  { key: 'escalationRaised', label: 'Escalation raised', table: 'escalation', dateField: 'raisedOn' },
  { key: 'riskRaised', label: 'Risk raised', table: 'riskSignal', dateField: 'createdAt' },
  { key: 'riskEnded', label: 'Risk ended', table: 'riskSignal', dateField: 'closedAt' },
  { key: 'caseOpened', label: 'Success case opened', table: 'successCase', dateField: 'createdAt' },
  { key: 'caseEnded', label: 'Success case ended', table: 'successCase', dateField: 'closedAt' },
  { key: 'taskEnded', label: 'Success task ended', table: 'successTask', dateField: 'closedAt' },
  { key: 'playStarted', label: 'Internal play started', table: 'internalPlay', dateField: 'createdAt' },
  { key: 'playEnded', label: 'Internal play ended', table: 'internalPlay', dateField: 'closedAt' },
  { key: 'objectiveStarted', label: 'Objective started', table: 'successObjective', dateField: 'plannedStart' },
  { key: 'objectiveEnded', label: 'Objective ended', table: 'successObjective', dateField: 'closedAt' },
  { key: 'outcomeEnded', label: 'Outcome ended', table: 'successOutcome', dateField: 'closedAt' },
  { key: 'initiativeStarted', label: 'Initiative started', table: 'successInitiative', dateField: 'createdAt' },
  { key: 'initiativeEnded', label: 'Initiative ended', table: 'successInitiative', dateField: 'closedAt' },
  { key: 'contractStarted', label: 'Contract started', table: 'contract', dateField: 'startDate' },
] as const satisfies readonly TimelineType[];
