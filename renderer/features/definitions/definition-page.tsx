import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Input } from '#shared/contract/engine-contract.ts';
import type { PUBLICATION } from '#shared/model/mixins.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure, type FailureLike } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { useWorld } from '../common/use-form-world.ts';
import { DefinitionActions } from './definition-actions.tsx';
import names from './definitions.module.css';
import { StateChip } from './state-chip.tsx';

export type Publication = keyof typeof PUBLICATION;

type Props = {
  readonly table: Input<'definitions.publish'>['table'];
  /** Undefined: not stored yet. */
  readonly id: string | undefined;
  readonly state: Publication;
  readonly title: string;
  readonly back: { readonly address: string; readonly label: string };
  readonly unsaved: boolean;
  readonly busy: boolean;
  readonly failure: FailureLike | undefined;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** Where a published definition can no longer be changed, the way to go on. */
  readonly onCopy?: (() => void) | undefined;
  readonly saveNote?: string;
  readonly side: ReactNode;
  readonly children: ReactNode;
};

/** The frame of every definition's page: state and publication above, fields on the left, the effect on the right, saving below. */
export function DefinitionPage(props: Props) {
  const {
    table,
    id,
    state,
    title,
    back,
    unsaved,
    busy,
    failure,
    onSave,
    onDiscard,
    onCopy,
    saveNote = 'Not saved yet',
    side,
    children,
  } = props;
  const heading = useScreen(title);
  const world = useWorld(undefined);
  const locked = state !== 'draft';
  const submit = (event: { readonly preventDefault: () => void }) => {
    event.preventDefault();
    onSave();
  };
  return (
    <FormWorldContext value={world}>
      <Page
        title={title}
        headingRef={heading}
        context={<a href={back.address}>{back.label}</a>}
        note={id !== undefined && <StateChip state={state} />}
        actions={
          id !== undefined && (
            <>
              {locked && onCopy && <Button onClick={onCopy}>Copy as a draft</Button>}
              <DefinitionActions table={table} id={id} state={state} name={title} unsaved={unsaved} />
            </>
          )
        }
      >
        {failure && <Failure failure={failure} />}
        {locked && (
          <p className={names.quiet}>
            {state === 'published'
              ? 'What is published is not changed under the figures that use it: retire it, or copy it as a draft.'
              : 'It is retired and kept for the record.'}
          </p>
        )}
        <form className={names.editor} noValidate onSubmit={submit}>
          <div className={names.stack}>
            {children}
            {!locked && (unsaved || id === undefined) && (
              <div className={names.save}>
                <span role="status">{saveNote}</span>
                <Button onClick={onDiscard}>Discard</Button>
                <Button type="submit" variant="filled" loading={busy}>
                  Save
                </Button>
              </div>
            )}
          </div>
          <div className={names.stack}>{side}</div>
        </form>
      </Page>
    </FormWorldContext>
  );
}
