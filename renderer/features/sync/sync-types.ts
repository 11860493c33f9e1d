import type { Output } from '#shared/contract/engine-contract.ts';

export type SyncStatus = Output<'sync.status'>;
export type SyncState = SyncStatus['state'];
export type Deed = Output<'sync.pending'>['deeds'][number];
export type Refused = Output<'sync.refused'>['deeds'][number];
export type ConflictLine = Output<'sync.conflicts'>['lines'][number];
export type Device = Output<'sync.devices'>['devices'][number];
