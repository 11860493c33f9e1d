import { useMe } from '../data/use-me.ts';
import { useCommand } from '../data/use-command.ts';
import { Icon } from '../ui/icon.tsx';
import names from './footer.module.css';

/** Whose view is shown, where it is not one's own, and the way back. */
export function SeeingAs() {
  const me = useMe();
  const { run } = useCommand('people.seeAs');
  if (me?.seeingAs === undefined) return null;
  return (
    <button type="button" className={names.button} data-set onClick={() => run({ user: null })}>
      <Icon name="person" size={13} />
      Seeing as <strong className={names.set}>{me.seeingAs.name}</strong> – back to my view
    </button>
  );
}
