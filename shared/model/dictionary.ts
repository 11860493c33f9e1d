import type { Field, Fields } from './field.ts';
import type { TableDefinition } from './define-table.ts';
import { activity, outreach, surveyResponse } from './tables/activity.ts';
import { definitionRecord } from './tables/definition-record.ts';
import { email } from './tables/email.ts';
import { entitlement } from './tables/entitlement.ts';
import { escalation } from './tables/escalation.ts';
import { installBaseItem, installBaseLocation, installBaseSoldProduct } from './tables/install-base.ts';
import { accountAddress, location } from './tables/location.ts';
import { actionItem, meeting, meetingChecklist, meetingGuest, meetingSeries } from './tables/meeting.ts';
import { accountTeamMember, customerTeamMember, responsibility, squadMember } from './tables/team.ts';
import { recordTemplate, responseTemplate } from './tables/template.ts';
import { adoptionRoadmap, capabilityUsage, productUsage } from './tables/usage.ts';
import { account } from './tables/account.ts';
import { choiceEntry } from './tables/choice-entry.ts';
import { attachment } from './tables/attachment.ts';
import { approval } from './tables/approval.ts';
import { capability } from './tables/capability.ts';
import { contact } from './tables/contact.ts';
import { contract } from './tables/contract.ts';
import { dataPointSeries, dataSource, dataSourceContext } from './tables/data-source.ts';
import { domain } from './tables/domain.ts';
import { activityType } from './tables/activity-type.ts';
import { discussion, discussionMessage } from './tables/discussion.ts';
import { engagement } from './tables/engagement.ts';
import { engagementContract, engagementEntitlement, engagementSoldProduct } from './tables/engagement-links.ts';
import { colourBand, healthDefinition, healthMetric } from './tables/health.ts';
import { internalPlay, internalPlayTask } from './tables/internal-play.ts';
import { dataImportTask, onboardingCase, onboardingTask } from './tables/onboarding.ts';
import { notification } from './tables/notification.ts';
import { opportunity } from './tables/opportunity.ts';
import { outcomeEvent } from './tables/outcome-event.ts';
import { playbook, playbookEvent, playbookRun, playbookVersion } from './tables/playbook.ts';
import { product } from './tables/product.ts';
import { riskDefinition, riskOccurrence, riskSignal, riskSolution, thresholdOverride } from './tables/risk.ts';
import { soldProduct } from './tables/sold-product.ts';
import { successCase, successTask } from './tables/success-case.ts';
import { successInitiative, successObjective, successOutcome } from './tables/success-plan.ts';
import { supportTicket } from './tables/support-ticket.ts';
import { syncConflict } from './tables/sync-conflict.ts';
import { ownPreference } from './tables/own-preference.ts';
import { todaySnooze } from './tables/today-snooze.ts';
import { touchpoint } from './tables/touchpoint.ts';
import { user } from './tables/user.ts';
import { heldRow, importProfile, savedFilter, setting } from './tables/workspace.ts';

/** Every record type. Adding one is one file and its line here; types, validators, store, forms, lists and templates follow. */
export const dictionary = {
  domain,
  user,
  account,
  contact,
  product,
  capability,
  soldProduct,
  contract,
  opportunity,
  supportTicket,
  outcomeEvent,
  onboardingCase,
  onboardingTask,
  dataImportTask,
  engagement,
  engagementContract,
  engagementSoldProduct,
  engagementEntitlement,
  touchpoint,
  successObjective,
  successOutcome,
  successInitiative,
  successCase,
  successTask,
  internalPlay,
  internalPlayTask,
  dataSource,
  dataSourceContext,
  dataPointSeries,
  healthDefinition,
  healthMetric,
  colourBand,
  riskDefinition,
  thresholdOverride,
  riskSignal,
  riskOccurrence,
  location,
  accountAddress,
  entitlement,
  installBaseItem,
  installBaseLocation,
  installBaseSoldProduct,
  responsibility,
  customerTeamMember,
  accountTeamMember,
  squadMember,
  meetingSeries,
  meeting,
  meetingChecklist,
  meetingGuest,
  actionItem,
  email,
  activity,
  outreach,
  surveyResponse,
  escalation,
  productUsage,
  capabilityUsage,
  adoptionRoadmap,
  definitionRecord,
  recordTemplate,
  responseTemplate,
  choiceEntry,
  riskSolution,
  approval,
  setting,
  savedFilter,
  importProfile,
  heldRow,
  activityType,
  discussion,
  discussionMessage,
  notification,
  syncConflict,
  attachment,
  todaySnooze,
  ownPreference,
  playbook,
  playbookVersion,
  playbookRun,
  playbookEvent,
} as const satisfies Readonly<Record<string, TableDefinition>>;

export type TableName = keyof typeof dictionary;
// Object.keys loses the literal type of a constant object's keys
export const tableNames = Object.keys(dictionary) as readonly TableName[];

/** Fields that the store keeps on every row. */
export type SystemFields = {
  readonly id: string;
  /** Human number with the table's prefix; absent where the type has none. */
  readonly number?: string | undefined;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  /** Grows by one with every committed change of this row. */
  readonly rev: number;
  /** Clock stamp of the last change per field, where it differs from the row's creation (`spec/sync.md` S4). */
  readonly stamps?: Readonly<Record<string, string>> | undefined;
};
export const SYSTEM_FIELDS = ['id', 'number', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'rev', 'stamps'] as const;

type ValueOf<F> = F extends Field<infer _K, infer V, boolean> ? V : never;
type MandatoryKeys<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer _K, infer _V, true> ? K : never }[keyof F];
type FieldsOf<T extends TableName> = (typeof dictionary)[T]['fields'];
type Values<F extends Fields> = { readonly [K in MandatoryKeys<F>]: ValueOf<F[K]> } & {
  readonly [K in Exclude<keyof F, MandatoryKeys<F>>]?: ValueOf<F[K]> | undefined;
};

/** A stored record. An empty field is absent. */
export type Row<T extends TableName = TableName> = T extends TableName ? SystemFields & Values<FieldsOf<T>> : never;
/** What a caller gives to create a record: defaults fill the rest. */
export type NewValues<T extends TableName> = T extends TableName
  ? { readonly [K in keyof FieldsOf<T>]?: ValueOf<FieldsOf<T>[K]> | undefined }
  : never;
/** What a caller gives to change a record: null empties a field; a journal field takes the text to append. */
export type Patch<T extends TableName> = T extends TableName
  ? {
      readonly [K in keyof FieldsOf<T>]?:
        | (FieldsOf<T>[K] extends Field<'journal', infer _V, boolean> ? string : ValueOf<FieldsOf<T>[K]>)
        | null
        | undefined;
    }
  : never;

/** A row seen without knowing its type: for generic code that walks the dictionary. */
export type AnyRow = SystemFields & { readonly [field: string]: unknown };

/** The declaration of a record type, seen generically. */
export function tableOf(name: TableName): TableDefinition {
  return dictionary[name];
}

/** Whether a string from outside names a record type. */
export function isTableName(name: string): name is TableName {
  return Object.hasOwn(dictionary, name);
}
