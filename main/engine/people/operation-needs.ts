import type { OperationName, Parsed } from '#shared/contract/engine-contract.ts';
import type { RecordAction } from '#shared/model/access.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import type { Right } from '#shared/model/roles.ts';

/** What an operation asks of its caller beyond what the view shows and the draft takes. */
export type Need = { readonly right: Right } | { readonly table: TableName; readonly action: RecordAction };

type Needs = { readonly [N in OperationName]?: (input: Parsed<N>) => Need | undefined };

const toImport = (): Need => ({ table: 'account', action: 'import' });
const toSee = ({ table }: { readonly table: TableName }): Need => ({ table, action: 'read' });

/** Operations that are not already limited by the records that they read or write. */
export const operationNeeds: Needs = {
  'records.get': toSee,
  'playbooks.player': toSee,
  'records.list': toSee,
  'records.related': toSee,
  'records.activity': toSee,
  'records.lookup': toSee,
  'records.lines': toSee,
  'records.ids': toSee,
  'records.groupIds': toSee,
  'portfolio.list': () => ({ table: 'engagement', action: 'read' }),
  'records.cells': ({ table }) => ({ table, action: 'export' }),
  'records.export': ({ table }) => ({ table, action: 'export' }),
  'workspace.set': () => ({ right: 'settings' }),
  'workspace.demo': () => ({ right: 'settings' }),
  'workspace.addStarterDefinitions': () => ({ right: 'settings' }),
  // one engagement's figures are anyone's who sees it
  'health.refresh': ({ engagementId }) => (engagementId === undefined ? { right: 'runJobs' } : undefined),
  'risk.analyse': () => ({ right: 'runJobs' }),
  'definitions.publish': ({ table }) => ({ table, action: 'publish' }),
  'definitions.retire': ({ table }) => ({ table, action: 'publish' }),
  'import.open': toImport,
  'import.session': toImport,
  'import.drafts': toImport,
  'import.change': toImport,
  'import.problems': toImport,
  'import.preview': toImport,
  'import.commit': toImport,
  'import.discard': toImport,
  'import.saveProfile': toImport,
  'import.repairHeld': toImport,
  'attachments.begin': () => ({ table: 'attachment', action: 'create' }),
  'export.table': ({ table }) => ({ table, action: 'export' }),
};

/** What customers may ask for at all; everything else is for people inside. */
export const forCustomers: ReadonlySet<OperationName> = new Set([
  'records.get',
  'records.list',
  'records.related',
  'records.activity',
  'records.lookup',
  'records.find',
  'search.find',
  'records.undoable',
  'search.find',
  'undo.take',
  'undo.steps',
  'undo.step',
  'records.create',
  'records.update',
  'records.undo',
  'records.redo',
  'attachments.list',
  'attachments.read',
  'workspace.status',
  // their own device and its way to the central store
  'sync.status',
  'sync.signIn',
  'sync.ways',
  'sync.beginSignIn',
  'sync.finishSignIn',
  'sync.signOut',
  'sync.now',
  'sync.pending',
  'sync.refused',
  'sync.discard',
  'sync.retry',
  'sync.devices',
  'sync.deviceCode',
  'sync.revokeDevice',
  'sync.eraseDevice',
  'sync.erased',
  'sync.pageErased',
  'sync.readErased',
  'people.me',
  'people.allowed',
  'people.seeAs',
]);
