import type { TableName } from '#shared/model/dictionary.ts';
import type { IconName } from '../ui/icon-paths.ts';

const ICONS: Partial<Record<TableName, IconName>> = {
  account: 'account',
  contact: 'person',
  user: 'people',
  contract: 'contract',
  opportunity: 'opportunity',
  product: 'product',
  capability: 'product',
  soldProduct: 'product',
  supportTicket: 'ticket',
  touchpoint: 'phone',
  engagement: 'engagement',
  outcomeEvent: 'outcome',
  successObjective: 'outcome',
  successOutcome: 'outcome',
  successInitiative: 'list',
  successCase: 'ticket',
  successTask: 'check',
  internalPlay: 'list',
  internalPlayTask: 'check',
  onboardingCase: 'engagement',
  onboardingTask: 'check',
  dataImportTask: 'import',
  riskSolution: 'check',
  approval: 'check',
  riskSignal: 'risks',
  riskDefinition: 'definitions',
  healthDefinition: 'definitions',
  dataSource: 'database',
  meeting: 'calendar',
  meetingSeries: 'calendar',
  entitlement: 'contract',
  installBaseItem: 'product',
  productUsage: 'opportunity',
  capabilityUsage: 'opportunity',
  escalation: 'risks',
  customerTeamMember: 'people',
  accountTeamMember: 'people',
  squadMember: 'people',
  choiceEntry: 'list',
};

/** The sign of a record type. */
export function recordIcon(table: TableName): IconName {
  return ICONS[table] ?? 'records';
}

/** Record types that stand in the rail; the others are one step further. */
export const RAIL_TABLES = [
  'engagement',
  'account',
  'contact',
  'contract',
  'soldProduct',
  'opportunity',
  'supportTicket',
  'touchpoint',
  'outcomeEvent',
] as const satisfies readonly TableName[];
