import type { OperationName } from '#shared/contract/engine-contract.ts';
import type { Handlers, ReadsOf } from './context.ts';
import { briefHandlers, briefReads } from './brief/handlers.ts';
import { choiceHandlers, choiceReads } from './choices/handlers.ts';
import { attachmentHandlers, attachmentReads } from './attachments/handlers.ts';
import { activityHandlers } from './activity/handlers.ts';
import { definitionHandlers } from './definitions/handlers.ts';
import { healthHandlers, healthReads } from './health/handlers.ts';
import { mailHandlers, mailReads } from './mail/handlers.ts';
import { incomingHandlers } from './mail/incoming/handlers.ts';
import { engagementScoreHandlers, engagementScoreReads } from './engagement-score/handlers.ts';
import { outreachHandlers, outreachReads } from './outreach/handlers.ts';
import { outboxHandlers, outboxReads } from './mail/outbox-handlers.ts';
import { noticeHandlers, noticeReads } from './notices/handlers.ts';
import { playbookHandlers, playbookReads } from './playbooks/handlers.ts';
import { plannerHandlers, plannerReads } from './planner/handlers.ts';
import { portfolioHandlers, portfolioReads } from './portfolio/handlers.ts';
import { importingHandlers, importingReads } from './importing/handlers.ts';
import { bulkHandlers } from './records/bulk-handlers.ts';
import { peopleHandlers, peopleReads } from './people/handlers.ts';
import { recordCommands } from './records/command-handlers.ts';
import { listHandlers } from './records/list-handlers.ts';
import { recordQueries } from './records/query-handlers.ts';
import { recordReads } from './records/reads.ts';
import { settledFirst } from './records/settled-first.ts';
import { undoHandlers } from './records/undo-handlers.ts';
import { riskHandlers, riskReads } from './risk/handlers.ts';
import type { Operations } from './rpc/server.ts';
import { searchHandlers } from './search/handlers.ts';
import { syncHandlers, syncReads } from './sync/handlers.ts';
import { todayHandlers, todayReads } from './today/handlers.ts';
import { reminderHandlers, reminderReads } from './reminders/reminders.ts';
import { touchpointHandlers, touchpointReads } from './touchpoints/handlers.ts';
import { workspaceHandlers } from './settings/handlers.ts';

const handlers = {
  ...recordCommands,
  ...settledFirst(recordQueries),
  ...settledFirst(listHandlers),
  ...settledFirst(bulkHandlers),
  ...activityHandlers,
  ...noticeHandlers,
  ...workspaceHandlers,
  ...choiceHandlers,
  ...definitionHandlers,
  ...healthHandlers,
  ...riskHandlers,
  ...playbookHandlers,
  ...portfolioHandlers,
  ...importingHandlers,
  ...attachmentHandlers,
  ...peopleHandlers,
  ...searchHandlers,
  ...undoHandlers,
  ...syncHandlers,
  ...todayHandlers,
  ...touchpointHandlers,
  ...mailHandlers,
  ...outboxHandlers,
  ...outreachHandlers,
  ...engagementScoreHandlers,
  ...incomingHandlers,
  ...reminderHandlers,
  ...briefHandlers,
  ...plannerHandlers,
};

/** Every operation of the contract and who does it; exhaustive by type. */
export const operations: Operations = {
  handlers: handlers satisfies Handlers<OperationName>,
  reads: {
    ...recordReads,
    ...choiceReads,
    ...healthReads,
    ...riskReads,
    ...playbookReads,
    ...portfolioReads,
    ...noticeReads,
    ...importingReads,
    ...attachmentReads,
    ...peopleReads,
    ...syncReads,
    ...todayReads,
    ...touchpointReads,
    ...outboxReads,
    ...outreachReads,
    ...engagementScoreReads,
    ...mailReads,
    ...reminderReads,
    ...briefReads,
    ...plannerReads,
  } satisfies ReadsOf<OperationName>,
};
