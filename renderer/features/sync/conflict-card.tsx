import { Button, Checkbox, Textarea } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { changedPart } from './changed-part.ts';
import { choiceWords, type Choice } from './conflict-groups.ts';
import type { ConflictLine } from './sync-types.ts';
import names from './sync.module.css';

type Props = {
  readonly line: ConflictLine;
  readonly isOwn: boolean;
  readonly when: string;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly isEditing: boolean;
  readonly mayMerge: boolean;
  readonly onFocus: () => void;
  readonly onChoose: () => void;
  readonly onEdit: (open: boolean) => void;
  readonly onSettle: (choice: Choice, value?: string) => void;
};

function Text({ text, base }: { readonly text: string; readonly base?: string }) {
  if (text === '') return <span className={names.empty}>empty</span>;
  if (base === undefined) return text;
  const { before, changed, after } = changedPart(base, text);
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

/** Both texts stand above; this one starts with mine and is written to what counts. */
function MergeEditor({
  line,
  onSettle,
  onClose,
}: {
  readonly line: ConflictLine;
  readonly onSettle: (text: string) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState(line.mine);
  return (
    <form
      className={names.fields}
      onSubmit={(event) => {
        event.preventDefault();
        onSettle(text);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onSettle(text);
        } else if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <Textarea label={`${line.label}, put together`} autoFocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <div className={names.buttons}>
        <Button type="submit" variant="filled" size="compact-sm" title="Ctrl+Enter">
          Take this text
        </Button>
        {line.theirs !== '' && (
          <Button size="compact-sm" onClick={() => setText(`${text}${text === '' ? '' : '\n'}${line.theirs}`)}>
            Add the other text
          </Button>
        )}
        <Button size="compact-sm" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** One field where two changes met: what stood before, what one person sent, what stands now; and the choice. */
export function ConflictCard(props: Props) {
  const { line, isOwn, when, isCurrent, isChosen, isEditing, mayMerge, onFocus, onChoose, onEdit, onSettle } = props;
  const { id, label, base, mine, theirs, by, kind } = line;
  const heading = useId();
  const words = choiceWords(line, isOwn);
  const isDeleted = kind === 'deleted';
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
            <Text text={mine} />
          </Side>
          <Side side="theirs" label="In the central store">
            The record was deleted.
          </Side>
        </dl>
      ) : (
        <dl className={names.sides}>
          <Side side="base" label="Before">
            <Text text={base} />
          </Side>
          <Side side="mine" label={isOwn ? 'Mine' : by}>
            <Text text={mine} base={base} />
          </Side>
          <Side side="theirs" label={isOwn ? 'Theirs, stands now' : 'Stands now'}>
            <Text text={theirs} base={base} />
          </Side>
        </dl>
      )}
      {isEditing && <MergeEditor line={line} onSettle={(text) => onSettle('value', text)} onClose={() => onEdit(false)} />}
      {!isEditing && (
        <div className={names.buttons}>
          <Button size="compact-sm" title="M" aria-label={`${words.mine}: ${label} of ${line.title}`} onClick={() => onSettle('mine')}>
            {words.mine}
          </Button>
          <Button size="compact-sm" title="T" aria-label={`${words.theirs}: ${label} of ${line.title}`} onClick={() => onSettle('theirs')}>
            {words.theirs}
          </Button>
          {mayMerge && (
            <Button size="compact-sm" title="E" aria-label={`Put together: ${label} of ${line.title}`} onClick={() => onEdit(true)}>
              Put together…
            </Button>
          )}
        </div>
      )}
    </article>
  );
}
