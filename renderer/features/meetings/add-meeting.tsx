import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { setDraft } from '../../state/drafts.ts';
import { plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { plainText } from '../../ui/record-form/plain-text.ts';
import { MeetingDialog } from './meeting-dialog.tsx';
import { NEW_MEETING, valuesOf, type MeetingDraft, type Read } from './meeting-draft.ts';

const ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);

/** TCH-01: plans a meeting of a touchpoint, once or as a series; a touchpoint that has ended takes none. */
export function AddMeeting({ touchpoint }: { touchpoint: AnyRow }) {
  const [opened, setOpened] = useState(false);
  const status = useWorkspace();
  const once = useCommand('meetings.plan');
  const series = useCommand('series.create');
  const { toastSaved } = useUndo();
  const { nameOf } = useFormWorld();
  const hasEnded = ENDED.has(touchpoint['state']);
  const me = status?.settings.currentUser ?? undefined;
  useActions(
    useMemo<readonly Action[]>(
      () =>
        hasEnded
          ? []
          : [
              {
                id: 'add-meeting',
                label: 'Add a meeting',
                group: 'This screen',
                icon: 'calendar',
                keys: 'm',
                words: 'series invite',
                run: () => setOpened(true),
              },
            ],
      [hasEnded],
    ),
  );
  if (hasEnded || !status) return null;
  const zone = status.settings.timeZone;
  const draftKey = `new meeting ${touchpoint.id}`;
  const save = (draft: MeetingDraft, { startsAt, endsAt, until }: Read) => {
    const values = {
      ...valuesOf(draft),
      touchpoint: touchpoint.id,
      startsAt,
      endsAt,
      timeZone: zone,
      ...(me === undefined ? {} : { organiser: me }),
    };
    const done = (message: string, changeSetId: string) => {
      setDraft(draftKey, EMPTY_DRAFT);
      toastSaved(message, changeSetId);
      setOpened(false);
    };
    if (draft.repeats === 'once' || until === undefined) {
      const notes = draft.internalNotes.trim();
      once.run(
        {
          mail: draft.mail && !draft.isDraft,
          values: { ...values, state: draft.isDraft ? 'draft' : 'scheduled', ...(notes === '' ? {} : { internalNotes: notes }) },
        },
        ({ changeSetId }) => done(`Planned ${draft.subject.trim()}`, changeSetId),
      );
    } else
      series.run({ values, mail: draft.mail, cadence: draft.repeats, repeatUntil: until }, ({ changeSetId, meetings }) =>
        done(`Planned ${plural(meetings, 'meeting')}`, changeSetId),
      );
  };
  const subject = plainText(touchpoint['subject']);
  const contact = plainText(touchpoint['contact']);
  const contacts = contact === '' ? [] : [{ table: 'contact' as const, id: contact, label: nameOf('contact', contact) ?? 'the contact' }];
  return (
    <>
      <Button leftSection={<Icon name="calendar" size={14} />} title="Add a meeting (M)" onClick={() => setOpened(true)}>
        Add meeting
      </Button>
      <MeetingDialog
        opened={opened}
        title="Add a meeting"
        verb="Plan"
        draftKey={draftKey}
        start={{ ...NEW_MEETING, subject, contacts }}
        today={status.today}
        zone={zone}
        of="new"
        busy={once.busy || series.busy}
        failure={once.error ?? series.error}
        onSave={save}
        onClose={() => setOpened(false)}
      />
    </>
  );
}
