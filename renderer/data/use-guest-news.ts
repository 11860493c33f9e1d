import { useCallback } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { plural } from '../ui/format.ts';
import { toastFailure } from '../ui/toast.ts';
import { useAsk } from './use-ask.ts';
import { asAppError, useCommand } from './use-command.ts';
import { useLive } from './use-live.ts';
import { useUndo } from './use-undo.ts';

type Untold = NonNullable<Output<'meetings.page'>['untold']>;

/** What is offered: “Tell 2 guests”, “Send the notes to 2 people”. */
function offerOf({ kind, guests, isFirst }: Untold): string {
  if (kind === 'minutes') return `Send the notes to ${plural(guests, 'person', 'people')}`;
  return `${kind === 'invitation' && isFirst ? 'Invite' : 'Tell'} ${plural(guests, 'guest')}`;
}

/**
 * Says what was done to a meeting and, where its guests do not know it yet and the workspace asks, offers to tell them by mail (TCH-04).
 * Whoever takes it back first tells nobody.
 */
export function useGuestNews() {
  const ask = useAsk();
  const { send } = useCommand('mails.meeting');
  const { toastSaved } = useUndo();
  const wish = useLive('workspace.settings', {}).data?.tellGuests ?? 'ask';
  return useCallback(
    async (message: string, changeSetId: string, meeting: string): Promise<void> => {
      // without an answer the change itself is said all the same
      const page = wish === 'ask' ? await ask('meetings.page', { meeting }).catch(() => undefined) : undefined;
      const untold = page?.untold;
      if (untold === undefined) return toastSaved(message, changeSetId);
      const tell = () =>
        send({ kind: untold.kind, meetings: [meeting], unlessKnown: true }).then(
          ({ changeSetId: sent, mail }) => {
            if (mail !== undefined) toastSaved(`The mail to ${plural(untold.guests, 'person', 'people')} is in the outbox`, sent);
          },
          (thrown: unknown) => toastFailure(asAppError(thrown)),
        );
      toastSaved(message, changeSetId, { label: offerOf(untold), run: () => void tell() });
    },
    [ask, send, toastSaved, wish],
  );
}
