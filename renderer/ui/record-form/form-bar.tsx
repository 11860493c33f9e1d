import { Button, Kbd } from '@mantine/core';
import { formatInstant, plural } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useFormWorld } from './form-world.ts';
import names from './record-form.module.css';

export type FieldProblem = { readonly name: string; readonly label: string; readonly message: string };

/** What keeps a form from being saved, on top of it; each line leads to its field. */
export function ProblemSummary({ problems, onGo }: { problems: readonly FieldProblem[]; onGo: (name: string) => void }) {
  return (
    <div className={names.summary} role="alert">
      <Icon name="risks" />
      <div>
        <p>{problems.length === 1 ? 'One field keeps this from being saved.' : `${problems.length} fields keep this from being saved.`}</p>
        <ul>
          {problems.map(({ name, label, message }) => (
            <li key={name}>
              <button type="button" className={names.summaryLink} onClick={() => onGo(name)}>
                {label}
              </button>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Says that what was typed another time is still here, unsaved. */
export function KeptNotice({ since, isNew, onDiscard }: { since: string; isNew: boolean; onDiscard: () => void }) {
  const { reading } = useFormWorld();
  return (
    <div className={names.kept} role="status">
      <Icon name="history" />
      <span>
        {isNew ? 'What you typed' : 'Your changes'} of {formatInstant(since, reading.timeZone)} {isNew ? 'was' : 'were'} kept. Nothing of it
        is saved yet.
      </span>
      <Button size="compact-xs" onClick={onDiscard}>
        {isNew ? 'Start afresh' : 'Discard them'}
      </Button>
    </div>
  );
}

type BarProps = {
  readonly isNew: boolean;
  readonly changes: number;
  /** Someone else has saved the record since the typing began. */
  readonly changedBy: string | undefined;
  readonly problem: string | undefined;
  readonly saving: boolean;
  readonly verb: string;
  readonly onDiscard: () => void;
};

/** Stays in sight while something is unsaved. */
export function FormBar({ isNew, changes, changedBy, problem, saving, verb, onDiscard }: BarProps) {
  return (
    <div className={names.bar}>
      <span role="status">
        {!isNew && `${plural(changes, 'change')} not saved`}
        {changedBy !== undefined && ` · ${changedBy} has saved this record meanwhile`}
      </span>
      {problem !== undefined && <span className={names.barProblem}>{problem}</span>}
      <Button onClick={onDiscard}>{isNew ? 'Cancel' : 'Discard'}</Button>
      <Button type="submit" variant="filled" loading={saving} rightSection={<Kbd className={names.kbd}>Ctrl ↵</Kbd>}>
        {verb}
      </Button>
    </div>
  );
}
