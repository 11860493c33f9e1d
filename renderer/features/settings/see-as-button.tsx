import { Button } from '@mantine/core';
import { asAppError, useCommand } from '../../data/use-command.ts';
import { toastDone, toastFailure } from '../../ui/toast.ts';

/** Shows everything as another person sees it, until the footer's button ends it. */
export function SeeAsButton({ user, name }: { readonly user: string; readonly name: string }) {
  const { send, busy } = useCommand('people.seeAs');
  const see = async () => {
    try {
      await send({ user });
      toastDone(`You see Satchel as ${name} does. The footer leads back.`);
    } catch (thrown) {
      toastFailure(asAppError(thrown));
    }
  };
  return (
    <Button size="compact-xs" loading={busy} aria-label={`See as ${name}`} onClick={() => void see()}>
      See as
    </Button>
  );
}
