import { choiceRules } from './choice-rules.ts';
import { attachmentRules } from './attachment-rules.ts';
import { colourBandRules } from './colour-band-rules.ts';
import { conditionRules } from './condition-rules.ts';
import { consistencyRules } from './consistency-rules.ts';
import { dataSourceRules } from './data-source-rules.ts';
import { engagementLinkRules } from './engagement-link-rules.ts';
import { engagementRules } from './engagement-rules.ts';
import { healthDefinitionRules } from './health-definition-rules.ts';
import { hierarchyRules } from './hierarchy-rules.ts';
import { lifeCycleRules } from './life-cycle-rules.ts';
import { mandatoryRules } from './mandatory-rules.ts';
import { publicationRules } from './publication-rules.ts';
import { riskDefinitionRules } from './risk-definition-rules.ts';
import { riskSignalRules } from './risk-signal-rules.ts';
import type { AnyRule } from './rule.ts';
import { seriesRules } from './series-rules.ts';
import { settingRules } from './setting-rules.ts';
import { touchpointRules } from './touchpoint-rules.ts';

/** Every business rule, in the order in which they run. BR-42 (tenants) comes with the tenants. */
export const allRules: readonly AnyRule[] = [
  ...lifeCycleRules,
  ...mandatoryRules,
  ...choiceRules,
  ...hierarchyRules,
  ...engagementRules,
  ...engagementLinkRules,
  ...touchpointRules,
  ...riskSignalRules,
  ...consistencyRules,
  ...publicationRules,
  ...dataSourceRules,
  ...seriesRules,
  ...healthDefinitionRules,
  ...colourBandRules,
  ...riskDefinitionRules,
  ...conditionRules,
  ...settingRules,
  ...attachmentRules,
];
