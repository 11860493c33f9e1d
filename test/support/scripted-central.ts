// A central store that answers from a list, for places where no server code can run (a browser).
import type { CentralSession } from '#engine/sync/central-session.ts';
import type { CentralStore } from '#engine/sync/central-store.ts';
import type { Answer, Intent, PulledRow } from '#shared/contract/sync-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';

export type ScriptedCentral = CentralStore & { readonly taken: Intent[] };

const EPOCH = 'epoch';
const notUsed = (): never => {
  throw new AppError('network', 'not used by this test');
};

/** Gives `rows` in pages of `size`, takes every intent as it comes, and gives back what it made. */
export function scriptedCentral(user: string, rows: readonly PulledRow[], size: number): ScriptedCentral {
  let session: CentralSession | undefined;
  const log = [...rows];
  const taken: Intent[] = [];
  const made = (intent: Intent): readonly PulledRow[] =>
    intent.operations.flatMap((one): readonly PulledRow[] => {
      const known = log.findLast(({ id }) => id === one.id);
      const on = { table: one.table, id: one.id, version: (known?.version ?? 0) + 1, scope: known?.scope ?? `user:${user}` };
      if (one.action === 'create')
        return [{ ...on, values: { ...one.values, createdAt: '', createdBy: user, updatedAt: '', updatedBy: user } }];
      return one.action === 'update' ? [{ ...on, values: { ...known?.values, ...one.patch } }] : [];
    });
  return {
    taken,
    session: async () => session,
    signIn: async ({ server, tenant, login, device }) => {
      session = { server, tenant, login, user, device: device.id, deviceName: device.name, block: 7, epoch: EPOCH };
      return session;
    },
    signOut: async () => void (session = undefined),
    push: async ({ intents }) => {
      const answers = intents.map(({ seq, id }): Answer => ({ seq, id, outcome: 'applied' }));
      for (const intent of intents) {
        if (taken.some(({ id }) => id === intent.id)) continue;
        taken.push(intent);
        log.push(...made(intent));
      }
      return { epoch: EPOCH, answers, acknowledged: taken.length };
    },
    pull: async ({ cursor }) => {
      const from = Number(cursor?.split(',')[1] ?? 0);
      const page = log.slice(from, from + size);
      const to = from + page.length;
      return {
        epoch: EPOCH,
        rows: page,
        forget: [],
        forgetRows: [],
        cursor: `${EPOCH},${to},${to}`,
        more: to < log.length,
        acknowledged: taken.length,
      };
    },
    ways: notUsed,
    beginSignIn: notUsed,
    finishSignIn: notUsed,
    about: notUsed,
    me: notUsed,
    checksums: notUsed,
    news: notUsed,
    devices: notUsed,
    deviceCode: notUsed,
    revokeDevice: async () => notUsed(),
    eraseDevice: async () => notUsed(),
    changePassword: async () => notUsed(),
    attachmentsWanted: notUsed,
    attachmentState: notUsed,
    putAttachmentPart: notUsed,
    readAttachmentPart: notUsed,
  };
}
