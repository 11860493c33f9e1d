import { Kbd } from '@mantine/core';
import { useCurrentActions, type Action } from '../state/actions.ts';
import { keyCaps } from '../state/keys.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useDialogs } from './dialogs.ts';
import names from './keys-help.module.css';

const EVERYWHERE: readonly { keys: string; label: string }[] = [
  { keys: 'arrowup', label: 'In a list: row up, with ↓ row down (also K and J)' },
  { keys: 'space', label: 'In a list: look at the row beside it' },
  { keys: 'enter', label: 'In a list: open the row; on a heading: sort (Shift adds)' },
  { keys: 'ctrl+enter', label: 'In a form: save' },
  { keys: 'escape', label: 'Close what is on top, or put a field back' },
];

/** The caps of a key binding. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={names.keys}>
      {keyCaps(keys).map((caps, press) => (
        <span key={`${press}${caps.join()}`} className={names.press}>
          {press > 0 && <span className={names.then}>then</span>}
          {caps.map((cap) => (
            <Kbd key={cap}>{cap}</Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

function KeyList({ title, actions }: { title: string; actions: readonly Pick<Action, 'keys' | 'label'>[] }) {
  if (actions.length === 0) return null;
  return (
    <section className={names.group}>
      <h3>{title}</h3>
      <dl>
        {actions.map(({ keys = '', label }) => (
          <div key={`${keys}${label}`} className={names.line}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** All keys that work here and now. */
export function KeysHelp() {
  const { open, show } = useDialogs();
  const actions = useCurrentActions().filter((action) => action.keys !== undefined);
  const inGroup = (group: Action['group']) => actions.filter((action) => action.group === group);
  return (
    <Dialog opened={open === 'keys'} onClose={() => show(undefined)} title="Keys" size={820}>
      <div className={names.columns}>
        <KeyList title="Go to" actions={inGroup('Go to')} />
        <KeyList title="Do" actions={inGroup('Do')} />
        <KeyList title="This screen" actions={inGroup('This screen')} />
        <KeyList title="View" actions={inGroup('View')} />
        <KeyList title="Everywhere" actions={EVERYWHERE} />
      </div>
    </Dialog>
  );
}
