import { AppError } from '#shared/errors/app-error.ts';
import type { Host } from '../host/host.ts';
import { forgetMailSetup } from '../mail/mail-setup.ts';
import { deleteDatabase, imageName } from '../store/database.ts';
import { dropReserve } from '../store/disk-reserve.ts';
import { forgetSession } from '../sync/central-session.ts';
import type { EraseOrder } from '../sync/central-store.ts';
import type { Connection } from '../sync/sync-keys.ts';
import { keepConfirmation } from './confirm.ts';
import { readMark, writeMark } from './mark.ts';

/**
 * Takes the central store's word that this device is to be erased (S15): writes it down and has the host start the engine anew, which erases before it
 * reads anything. Taken only from the very tie that the records here have; anything else is what a server has no say in, and is left alone.
 */
export async function takeOrder(host: Host, tie: Connection | undefined, order: EraseOrder): Promise<void> {
  if (tie === undefined || tie.device !== order.device || tie.server !== order.server || tie.tenant !== order.tenant) {
    host.log({ event: 'erase-not-ours' });
    return;
  }
  const { server, tenant, login } = tie;
  const { asked } = order;
  await keepConfirmation(host, { server, refreshToken: order.refreshToken });
  await writeMark(host, { server, tenant, login, asked, phase: 'ordered' });
  host.log({ event: 'erase-ordered' });
  host.restart?.(
    new AppError(
      'storage',
      'The organisation of this workspace has had this device erased. Satchel starts anew without its records.',
      {},
      true,
    ),
  );
}

/**
 * Erases everything that this device keeps of its workspace, where that was ordered; to be called before anything is opened. Done again after a kill, it
 * ends the same. Answers what is to be called once an empty store stands: until then a lost store would be taken for one to be restored.
 */
export async function eraseWhereOrdered(host: Host): Promise<(() => Promise<void>) | undefined> {
  const mark = await readMark(host);
  if (mark?.phase !== 'ordered') return undefined;
  // what could bring the rest back goes first
  await host.journal?.erase();
  await host.yieldTurn();
  await deleteDatabase(host);
  await host.yieldTurn();
  await deleteImage(host);
  await dropReserve(host);
  await host.yieldTurn();
  for (const sha256 of await host.bytes.list()) await host.bytes.remove(sha256);
  await forgetMailSetup(host);
  // the last: while it is there the server says the same again
  await forgetSession(host.keys);
  await host.yieldTurn();
  return async () => {
    await writeMark(host, { ...mark, phase: 'erased' });
    host.log({ event: 'erased' });
  };
}

function deleteImage(host: Host): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = host.indexedDB.deleteDatabase(imageName(host));
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('not deleted'));
  });
}
