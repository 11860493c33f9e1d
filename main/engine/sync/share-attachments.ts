import { toErrorShape } from '#shared/errors/app-error.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { EngineContext } from '../context.ts';
import type { Host } from '../host/host.ts';
import { fetchAttachment, sendAttachments } from './attachments.ts';
import { syncOf } from './open-sync.ts';

/** Records come first: files go once nothing has changed for so long. */
const REST_MS = 2_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 600_000;

/**
 * Sends attached files to the central store by itself (S16): when everything else has been sent, after the start and whenever attachments
 * have come. What fails is tried again later. Answers how to stop.
 */
export function shareAttachments(context: EngineContext): () => void {
  const { feed, host, view } = context.whole;
  let isDue = true;
  let isRunning = false;
  let isStopped = false;
  let failures = 0;
  let doneFor: string | undefined;
  let cancel: (() => void) | undefined;

  const soon = (milliseconds: number): void => {
    if (isStopped || isRunning || cancel !== undefined) return;
    cancel = host.later(milliseconds, () => {
      cancel = undefined;
      void share();
    });
  };
  const share = async (): Promise<void> => {
    const sync = syncOf(context);
    const status = sync?.status();
    if (sync === undefined || status?.connection === undefined || status.state !== 'idle' || status.pending > 0) return;
    const { server, tenant, user } = status.connection;
    const where = `${server} ${tenant} ${user}`;
    if (!isDue && doneFor === where) return;
    isRunning = true;
    isDue = false;
    let wait = REST_MS;
    try {
      const named = [...view.all('attachment')].flatMap(({ sha256 }) => sha256 ?? []);
      const files = await sendAttachments({ store: sync.central, bytes: host.bytes }, named);
      if (files > 0) host.log({ event: 'files-sent', files });
      doneFor = where;
      failures = 0;
    } catch (thrown) {
      isDue = true;
      failures += 1;
      wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 8));
      host.log({ event: 'files-not-sent', code: toErrorShape(thrown).code });
    }
    isRunning = false;
    if (isDue) soon(wait);
  };

  const stopFeed = feed.subscribe(({ rows }) => {
    if (!rows.has('attachment')) return;
    isDue = true;
    soon(REST_MS);
  });
  const stopDerived = feed.onDerived((topics) => {
    if (topics.has('derived:sync') && failures === 0) soon(REST_MS);
  });
  soon(REST_MS);
  return () => {
    isStopped = true;
    cancel?.();
    stopFeed();
    stopDerived();
  };
}

const fetching = new WeakMap<Host, Map<string, Promise<boolean>>>();

/**
 * Fetches the bytes of an attachment that are not here (S16); whoever asks for the same meanwhile waits for the same. Answers false where
 * nobody is signed in. Throws `network`, `not-found` and what else the way there throws.
 */
export function bringAttachment(
  context: EngineContext,
  { sha256 = '', size = 0 }: Pick<Row<'attachment'>, 'sha256' | 'size'>,
): Promise<boolean> {
  const { host } = context;
  const running = fetching.get(host) ?? new Map<string, Promise<boolean>>();
  fetching.set(host, running);
  const bring = async (): Promise<boolean> => {
    const sync = syncOf(context);
    if (sync === undefined || (await sync.central.session()) === undefined) return false;
    await fetchAttachment({ store: sync.central, bytes: host.bytes }, sha256, size);
    return true;
  };
  const known = running.get(sha256) ?? bring().finally(() => running.delete(sha256));
  running.set(sha256, known);
  return known;
}
