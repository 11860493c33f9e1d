import { AppError } from '#shared/errors/app-error.ts';
import type { Handlers, ReadsOf } from '../context.ts';

type Names =
  | 'sync.status'
  | 'sync.signIn'
  | 'sync.signOut'
  | 'sync.now'
  | 'sync.confirmDeletions'
  | 'sync.pending'
  | 'sync.refused'
  | 'sync.retry'
  | 'sync.discard'
  | 'sync.conflicts'
  | 'sync.resolve'
  | 'sync.devices'
  | 'sync.revokeDevice';

const localOnly = (): AppError =>
  new AppError('conflict', 'Nobody is signed in to a central store: everything is kept on this computer alone.', {
    wayOut: 'Sign in first.',
  });

/** The device's side of sync, for screens. */
export const syncHandlers: Handlers<Names> = {
  'sync.status': async ({ storage }) => ({ state: 'local', pending: await storage().unsent(), conflicts: 0, refused: 0 }),
  'sync.signIn': () => {
    throw localOnly();
  },
  'sync.signOut': () => ({}),
  'sync.now': () => ({}),
  'sync.confirmDeletions': () => ({}),
  'sync.pending': () => ({ total: 0, deeds: [] }),
  'sync.refused': () => ({ total: 0, deeds: [] }),
  'sync.retry': () => ({ done: 0 }),
  'sync.discard': () => ({ done: 0 }),
  'sync.conflicts': () => ({ total: 0, lines: [] }),
  'sync.resolve': () => {
    throw new AppError('not-found', 'This conflict has been resolved already.');
  },
  'sync.devices': () => ({ reached: false, devices: [] }),
  'sync.revokeDevice': () => {
    throw localOnly();
  },
};

const STATE = ['derived:sync'] as const;
export const syncReads: ReadsOf<Names> = {
  'sync.status': ['derived:sync', 'syncConflict'],
  'sync.pending': STATE,
  'sync.refused': STATE,
  'sync.conflicts': ['syncConflict', 'user', 'choiceEntry', 'setting'],
  'sync.devices': STATE,
};
