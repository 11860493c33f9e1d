import { useEffect, useRef } from 'react';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useCurrentEngagement } from '../../state/current-engagement.ts';
import { SideDrawer } from '../../ui/dialog.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { useNewRecord } from '../common/use-record-editor.ts';
import { useWorld } from '../common/use-form-world.ts';

const FIELDS = ['subject', 'engagement', 'channel', 'heldOn', 'category', 'contact', 'dueDate', 'description', 'workNotes'] as const;

/** Ctrl+L: a touchpoint from anywhere, on the engagement at hand. What is typed is kept until it is saved or discarded. */
export function LogTouchpoint({ onClose }: { onClose: () => void }) {
  const engagement = useCurrentEngagement((state) => state.engagement);
  const today = useWorkspace()?.today;
  const world = useWorld(undefined);
  const editor = useNewRecord('touchpoint', 'log', onClose);
  const { draft, onDraft } = editor;
  const isPrepared = useRef(false);
  useEffect(() => {
    if (isPrepared.current || today === undefined) return;
    isPrepared.current = true;
    if (Object.keys(draft.values).length > 0) return;
    onDraft({
      values: { heldOn: today, ...(engagement ? { engagement: engagement.id } : {}) },
      picked: engagement ? { [engagement.id]: engagement.title } : {},
    });
  }, [today, engagement, draft.values, onDraft]);
  return (
    <SideDrawer onClose={onClose} title="Log a touchpoint" closeLabel="Close, keeping what was typed">
      <FormWorldContext value={world}>
        <RecordForm table="touchpoint" fields={FIELDS} columns={1} focusField="subject" {...editor} onCancel={onClose} verb="Log" />
      </FormWorldContext>
    </SideDrawer>
  );
}
