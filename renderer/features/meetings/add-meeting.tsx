import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { MeetingDialog } from './meeting-dialog.tsx';
import { NEW_MEETING, type MeetingDraft, type Read } from './meeting-draft.ts';

const ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);

/** TCH-01: plans a meeting of a touchpoint, once or as a series; a touchpoint that has ended takes none. */
export function AddMeeting({ touchpoint }: { touchpoint: AnyRow }) {
  const [opened, setOpened] = useState(false);
  const status = useWorkspace();
  const once = useCommand('records.create');
  const series = useCommand('series.create');
  const { toastSaved } = useUndo();
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
  const save = (draft: MeetingDraft, { startsAt, endsAt, until }: Read) => {
    const contact = touchpoint['contact'];
    const values = {
      subject: draft.subject.trim(),
      touchpoint: touchpoint.id,
      type: draft.type,
      startsAt,
      endsAt,
      timeZone: zone,
      ...(me === undefined ? {} : { organiser: me }),
      ...(typeof contact === 'string' ? { contacts: [contact] } : {}),
      ...(draft.link.trim() === '' ? {} : { link: draft.link.trim() }),
      ...(draft.agenda.trim() === '' ? {} : { agenda: draft.agenda.trim() }),
    };
    const close = () => setOpened(false);
    if (draft.repeats === 'once' || until === undefined)
      once.run({ table: 'meeting', values: { ...values, state: 'scheduled' } }, ({ changeSetId }) => {
        toastSaved(`Planned ${values.subject}`, changeSetId);
        close();
      });
    else
      series.run({ values, cadence: draft.repeats, repeatUntil: until }, ({ changeSetId, meetings }) => {
        toastSaved(`Planned ${plural(meetings, 'meeting')}`, changeSetId);
        close();
      });
  };
  const subject = touchpoint['subject'];
  return (
    <>
      <Button leftSection={<Icon name="calendar" size={14} />} title="Add a meeting (M)" onClick={() => setOpened(true)}>
        Add meeting
      </Button>
      <MeetingDialog
        opened={opened}
        title="Add a meeting"
        verb="Plan"
        start={{ ...NEW_MEETING, subject: typeof subject === 'string' ? subject : '' }}
        today={status.today}
        zone={zone}
        repeating
        busy={once.busy || series.busy}
        failure={once.error ?? series.error}
        onSave={save}
        onClose={() => setOpened(false)}
      />
    </>
  );
}
