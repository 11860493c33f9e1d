// What screens of sync show in tests.
import type { Output } from '#shared/contract/engine-contract.ts';

type SyncStatus = Output<'sync.status'>;
type ConflictLine = Output<'sync.conflicts'>['lines'][number];
type Refused = Output<'sync.refused'>['deeds'][number];

export const connection = {
  server: 'https://central.example.com',
  tenant: 'acme',
  login: 'ann@example.com',
  user: 'u1',
  device: 'd1',
  deviceName: 'Ann’s laptop',
};
export const status = (more: Partial<SyncStatus> = {}): SyncStatus => ({
  connection,
  state: 'idle',
  pending: 0,
  conflicts: 0,
  refused: 0,
  lastSync: '2026-03-01T10:24:00.000Z',
  dataAsOf: '2026-03-01T10:24:00.000Z',
  ...more,
});
export const workspace: Output<'workspace.status'> = {
  today: '2026-03-01',
  asOfSet: false,
  unsent: 0,
  empty: false,
  storage: { health: 'good', message: 'Good.' },
  settings: { currency: 'USD', timeZone: 'UTC', workspaceName: 'Acme', currentUser: 'u1', rates: {} },
};
export const me: Output<'people.me'> = {
  user: { id: 'u1', name: 'Ann' },
  open: false,
  roles: [],
  customer: false,
  maySeeAs: false,
  settings: false,
  people: false,
  tables: {},
};
export const conflict = (id: string, more: Partial<ConflictLine> = {}): ConflictLine => ({
  id,
  conflict: id,
  table: 'engagement',
  recordId: `e-${id}`,
  title: `Engagement ${id}`,
  field: 'title',
  label: 'Name',
  base: 'Onboarding of Northwind',
  mine: 'Onboarding of Northwind Traders',
  theirs: 'Adoption of Northwind',
  values: { base: 'Onboarding of Northwind', mine: 'Onboarding of Northwind Traders', theirs: 'Adoption of Northwind' },
  by: 'Ann',
  at: '2026-03-01T09:12:00.000Z',
  kind: 'field',
  ...more,
});
export const refused: Refused = {
  id: 'r1',
  label: 'Changed contract',
  at: '2026-03-01T08:00:00.000Z',
  records: [{ table: 'contract', id: 'c1', title: 'Northwind yearly' }],
  recordCount: 1,
  reason: { message: 'The end date lies before the start date.', rule: 'BR-11', field: 'endDate', wayOut: 'Choose a later end date.' },
  fields: [
    { table: 'contract', id: 'c1', field: 'endDate', label: 'End date', text: 'Jan 31, 2025', value: '2025-01-31' },
    { table: 'contract', id: 'c1', field: 'plan', label: 'Plan', text: 'Gold', value: 'Gold' },
  ],
};
