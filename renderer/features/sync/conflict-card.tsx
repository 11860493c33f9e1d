import { Button, Checkbox } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { Field } from '#shared/model/field.ts';
import { changedPart } from './changed-part.ts';
import { choiceWords, type Choice } from './conflict-groups.ts';
import { isText, MergeEditor } from './merge-editor.tsx';
import type { ConflictLine } from './sync-types.ts';
import names from './sync.module.css';
import { ValueText } from './value-text.tsx';

type Props = {
  readonly line: ConflictLine;
  readonly isOwn: boolean;
  readonly when: string;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly isEditing: boolean;
  /** The field, where a value of one's own can be written. */
  readonly field: Field | undefined;
  readonly onFocus: () => void;
  readonly onChoose: () => void;
  readonly onEdit: (open: boolean) => void;
  readonly onSettle: (choice: Choice, value?: unknown) => void;
};

function Text({
  line,
  side,
  compared = false,
}: {
  readonly line: ConflictLine;
  readonly side: 'base' | 'mine' | 'theirs';
  readonly compared?: boolean;
}) {
  const text = line[side];
  if (text === '') return <span className={names.empty}>empty</span>;
  const value = line.values?.[side];
  if (!compared) return <ValueText table={line.table} field={line.field} text={text} value={value} />;
  const { before, changed, after } = changedPart(line.base, text);
  return (
    <>
      {before}
      {changed !== '' && <mark>{changed}</mark>}
      {after}
    </>
  );
}

function Side({
  side,
  label,
  children,
}: {
  readonly side: 'base' | 'mine' | 'theirs';
  readonly label: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={names.side} data-side={side}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** One field where two changes met: what stood before, what one person sent, what stands now; and the choice. */
export function ConflictCard(props: Props) {
  const { line, isOwn, when, isCurrent, isChosen, isEditing, field, onFocus, onChoose, onEdit, onSettle } = props;
  const { id, label, by, kind } = line;
  const heading = useId();
  const words = choiceWords(line, isOwn);
  const isDeleted = kind === 'deleted';
  // only of texts a part can differ
  const compared = field !== undefined && isText(field);
  return (
    <article
      aria-labelledby={heading}
      className={names.item}
      tabIndex={isCurrent ? 0 : -1}
      data-conflict={id}
      data-current={isCurrent || undefined}
      data-chosen={isChosen || undefined}
      onFocus={onFocus}
    >
      <div className={names.itemHead}>
        <Checkbox checked={isChosen} onChange={onChoose} aria-label={`Choose ${label} of ${line.title}`} />
        <h3 id={heading}>{isDeleted ? 'Deleted meanwhile' : label}</h3>
        <span className={names.quiet}>
          {isOwn ? 'changed by you' : `changed by ${by}`}, {when}
        </span>
      </div>
      {isDeleted ? (
        <dl className={names.sides}>
          <Side side="mine" label={isOwn ? 'Your change' : `The change of ${by}`}>
            <Text line={line} side="mine" />
          </Side>
          <Side side="theirs" label="In the central store">
            The record was deleted.
          </Side>
        </dl>
      ) : (
        <dl className={names.sides}>
          <Side side="base" label="Before">
            <Text line={line} side="base" />
          </Side>
          <Side side="mine" label={isOwn ? 'Mine' : by}>
            <Text line={line} side="mine" compared={compared} />
          </Side>
          <Side side="theirs" label={isOwn ? 'Theirs, stands now' : 'Stands now'}>
            <Text line={line} side="theirs" compared={compared} />
          </Side>
        </dl>
      )}
      {isEditing && field && (
        <MergeEditor line={line} field={field} onSettle={(value) => onSettle('value', value)} onClose={() => onEdit(false)} />
      )}
      {!isEditing && (
        <div className={names.buttons}>
          <Button size="compact-sm" title="M" aria-label={`${words.mine}: ${label} of ${line.title}`} onClick={() => onSettle('mine')}>
            {words.mine}
          </Button>
          <Button size="compact-sm" title="T" aria-label={`${words.theirs}: ${label} of ${line.title}`} onClick={() => onSettle('theirs')}>
            {words.theirs}
          </Button>
          {field && (
            <Button
              size="compact-sm"
              title="E"
              aria-label={`${isText(field) ? 'Put together' : 'Another value'}: ${label} of ${line.title}`}
              onClick={() => onEdit(true)}
            >
              {isText(field) ? 'Put together…' : 'Another value…'}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}
