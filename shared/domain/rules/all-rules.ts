import { choiceRules } from './choice-rules.ts';
import { attachmentRules } from './attachment-rules.ts';
import { adoptionRules } from './adoption-rules.ts';
import { cascadeRules } from './cascade-rules.ts';
import { colourBandRules } from './colour-band-rules.ts';
import { conditionRules } from './condition-rules.ts';
import { consistencyRules } from './consistency-rules.ts';
import { dataSourceRules } from './data-source-rules.ts';
import { customerRecordRules } from './customer-record-rules.ts';
import { definitionRecordRules } from './definition-record-rules.ts';
import { engagementLinkRules } from './engagement-link-rules.ts';
import { engagementRules } from './engagement-rules.ts';
import { healthDefinitionRules } from './health-definition-rules.ts';
import { hierarchyRules } from './hierarchy-rules.ts';
import { lifeCycleRules } from './life-cycle-rules.ts';
import { domainRules } from './domain-rules.ts';
import { mailRules } from './mail-rules.ts';
import { mandatoryRules } from './mandatory-rules.ts';
import { meetingRules } from './meeting-rules.ts';
import { onceRules } from './once-rules.ts';
import { onboardingRules } from './onboarding-rules.ts';
import { placementRules } from './placement-rules.ts';
import { planRules } from './plan-rules.ts';
import { peopleRules } from './people-rules.ts';
import { playbookRules } from './playbook-rules.ts';
import { publicationRules } from './publication-rules.ts';
import { riskDefinitionRules } from './risk-definition-rules.ts';
import { riskSignalRules } from './risk-signal-rules.ts';
import type { AnyRule } from './rule.ts';
import { sayingRules } from './saying-rules.ts';
import { savedFilterRules } from './saved-filter-rules.ts';
import { seriesRules } from './series-rules.ts';
import { settingRules } from './setting-rules.ts';
import { stateProgressRules } from './state-progress-rules.ts';
import { stayingRules } from './staying-rules.ts';
import { touchpointRules } from './touchpoint-rules.ts';

/** Every business rule, in the order in which they run. */
export const allRules: readonly AnyRule[] = [
  ...stateProgressRules,
  ...lifeCycleRules,
  ...placementRules,
  ...mandatoryRules,
  ...choiceRules,
  ...hierarchyRules,
  ...stayingRules,
  ...cascadeRules,
  ...planRules,
  ...onboardingRules,
  ...engagementRules,
  ...engagementLinkRules,
  ...touchpointRules,
  ...riskSignalRules,
  ...consistencyRules,
  ...customerRecordRules,
  ...onceRules,
  ...meetingRules,
  ...mailRules,
  ...sayingRules,
  ...adoptionRules,
  ...definitionRecordRules,
  ...publicationRules,
  ...dataSourceRules,
  ...seriesRules,
  ...healthDefinitionRules,
  ...colourBandRules,
  ...riskDefinitionRules,
  ...conditionRules,
  ...settingRules,
  ...savedFilterRules,
  ...attachmentRules,
  ...playbookRules,
  ...peopleRules,
  ...domainRules,
];
