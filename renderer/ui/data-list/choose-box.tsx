import { Icon } from '../icon.tsx';
import names from './data-list.module.css';

type Props = { readonly state: 'none' | 'some' | 'all'; readonly label: string };

const CHECKED = { none: 'false', some: 'mixed', all: 'true' } as const;

/** The box of a row or of the whole list. The cell around it has the focus and the keys; a click anywhere in it counts. */
export function ChooseBox({ state, label }: Props) {
  return (
    <span role="checkbox" aria-checked={CHECKED[state]} aria-label={label} tabIndex={-1} className={names.box} data-state={state}>
      {state === 'all' && <Icon name="check" size={11} />}
      {state === 'some' && <span className={names.dash} />}
    </span>
  );
}

/** Stands before the columns of a list whose rows can be chosen. */
export const CHOOSE_COLUMN = { key: ' choose', title: '', width: 36, sortable: false, render: () => null } as const;
