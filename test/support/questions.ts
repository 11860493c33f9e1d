// One question for every query of the contract: a new query needs one here, and is then asked by everyone who must not see too much.
import type { Input, QueryName } from '#shared/contract/engine-contract.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';

/** What the questions are about. */
export type Asked = {
  readonly table: TableName;
  readonly id: string;
  readonly text: string;
  readonly engagementId: string;
  readonly riskId: string;
  readonly meetingId: string;
  readonly sourceId: string;
  readonly attachmentId: string;
  readonly sessionId: string;
  readonly sheetId: string;
  /** A change set of the caller's own. */
  readonly stepId: string;
  /** A run of a playbook, and a version of it. */
  readonly runId: string;
  readonly versionId: string;
  readonly playbookId: string;
};

/** Columns of a list: the stored fields of a type, those with references among them. */
const columnsOf = (table: TableName): string[] => Object.keys(tableOf(table).fields).slice(0, 12);
/** A field to group by. */
const groupOf = (table: TableName): string =>
  Object.entries(tableOf(table).fields).find(([, { kind }]) => kind === 'reference' || kind === 'choice')?.[0] ??
  columnsOf(table)[0] ??
  'number';

const window = { offset: 0, limit: 200 };

export const questions: { readonly [N in QueryName]: (about: Asked) => Input<N> } = {
  'mails.begin': ({ engagementId }) => ({ about: `engagement/${engagementId}` }),
  'engagementScore.quality': ({ engagementId }) => ({ engagement: engagementId }),
  'outreach.unanswered': () => ({ whose: 'all', limit: 500 }),
  'mails.outbox': () => ({}),
  'mails.setup': () => ({}),
  'records.get': ({ table, id }) => ({ table, id }),
  'records.list': ({ table }) => ({ table, window, sort: [{ field: 'createdAt', direction: 'up' }] }),
  'records.lines': ({ table }) => ({ table, columns: columnsOf(table), sums: [], group: groupOf(table), window }),
  'records.ids': ({ table }) => ({ table, from: 0, to: 100 }),
  'records.groupIds': ({ table }) => ({ table, group: groupOf(table), key: '' }),
  'records.cells': ({ table }) => ({ table, target: {}, columns: ['label', ...columnsOf(table)] }),
  'records.counts': () => ({}),
  'records.related': ({ table, id }) => ({ table, id }),
  'records.consequences': ({ table, id }) => ({ table, ids: [id], action: 'delete' }),
  'records.activity': ({ table, id }) => ({ table, id, limit: 200 }),
  'records.resolve': ({ id }) => ({ name: id }),
  'records.prepare': ({ table, id }) => ({ table, id, values: {} }),
  'timeline.list': ({ engagementId }) => ({ table: 'engagement', id: engagementId, limit: 200 }),
  'records.undoable': () => ({}),
  'undo.steps': () => ({}),
  'undo.step': ({ stepId }) => ({ id: stepId }),
  'records.lookup': ({ table, text }) => ({ table, text, limit: 50 }),
  'search.find': ({ text }) => ({ text, limit: 50 }),
  'records.find': ({ text }) => ({ text, limit: 50 }),
  'notices.list': () => ({ limit: 50 }),
  'discussions.list': ({ table, id }) => ({ table, id }),
  'choices.changed': () => ({}),
  'choices.list': () => ({ list: 'touchpoint.channel' }),
  'workspace.status': () => ({}),
  'workspace.settings': () => ({}),
  'people.me': () => ({}),
  'people.allowed': ({ table, id }) => ({ table, id }),
  'health.explain': ({ engagementId }) => ({ engagementId }),
  'health.history': ({ engagementId }) => ({ engagementId, weeks: 12 }),
  'health.preview': () => ({ global: true, rank: 1, metrics: [] }),
  'health.matching': () => ({}),
  'risk.overview': () => ({}),
  'risk.list': () => ({ view: 'all', window }),
  'risk.page': ({ riskId }) => ({ id: riskId }),
  'risk.preview': ({ sourceId }) => ({ type: 'metric', source: sourceId, condition: 'below', threshold: 50 }),
  'playbooks.player': ({ table, id }) => ({ table, id }),
  'playbooks.mine': () => ({}),
  'playbooks.tryOut': () => ({
    definition: { table: 'internalPlay', stages: [{ key: 'one', label: 'One', activities: [{ key: 'a', label: 'A', kind: 'note' }] }] },
    steps: [],
  }),
  'playbooks.design': ({ playbookId }) => ({ playbook: playbookId }),
  'playbooks.migration': ({ runId, versionId }) => ({ run: runId, version: versionId }),
  'portfolio.overview': () => ({}),
  'portfolio.list': () => ({
    columns: columnsOf('engagement'),
    sums: [],
    group: 'healthBand',
    window,
    sort: [{ field: 'health', direction: 'down' }],
  }),
  'portfolio.peek': ({ engagementId }) => ({ id: engagementId }),
  'engagement.overview': ({ engagementId }) => ({ id: engagementId }),
  'calls.read': ({ engagementId, text }) => ({ text: `Call\n[] ${text} @${text}`, engagement: engagementId }),
  'calls.now': () => ({}),
  'brief.read': ({ engagementId }) => ({ engagement: engagementId }),
  'planner.rows': () => ({ from: '2024-12-01', days: 62, whose: 'all', window }),
  'planner.items': () => ({ from: '2024-12-01', days: 62, whose: 'all', window }),
  'planner.cadence': ({ engagementId }) => ({ engagement: engagementId }),
  'planner.gaps': () => ({ whose: 'all', limit: 200 }),
  'reminders.due': () => ({}),
  'reminders.own': () => ({}),
  'meetings.page': ({ meetingId }) => ({ meeting: meetingId }),
  'meetings.week': () => ({ from: '2024-12-01', days: 62 }),
  'meetings.calendar': ({ meetingId }) => ({ meeting: meetingId, series: true }),
  'today.list': () => ({ whose: 'all', limit: 500 }),
  'attachments.list': ({ engagementId }) => ({ about: `engagement/${engagementId}` }),
  'attachments.read': ({ attachmentId }) => ({ id: attachmentId, from: 0, length: 100 }),
  'import.session': ({ sessionId }) => ({ sessionId }),
  'import.drafts': () => ({}),
  'import.problems': ({ sessionId }) => ({ sessionId, offset: 0, limit: 50 }),
  'import.preview': ({ sessionId, sheetId }) => ({ sessionId, sheetId, offset: 0, limit: 50 }),
  'sync.status': () => ({}),
  'sync.pending': () => ({}),
  'sync.refused': () => ({}),
  'sync.conflicts': () => ({}),
  'sync.ways': () => ({ server: 'https://central.example.com', tenant: 'acme' }),
  'sync.devices': () => ({}),
  'sync.erased': () => ({}),
  'export.template': ({ table }) => ({ table, format: 'csv' }),
};

// Object.keys loses the names' type
export const queryNames = Object.keys(questions) as readonly QueryName[];
