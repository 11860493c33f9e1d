import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { AnyRow, Row } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { MeetingDialog } from './meeting-dialog.tsx';
import { draftOf, type MeetingDraft, type Read } from './meeting-draft.ts';
import names from './meetings.module.css';

const SCOPES = { one: 'This one', following: 'This and later', all: 'All to come' } as const;
type Scope = keyof typeof SCOPES;
const isScope = (value: string): value is Scope => Object.hasOwn(SCOPES, value);

/** What of a meeting was changed in its dialog. */
function patchOf(before: MeetingDraft, draft: MeetingDraft, { startsAt, endsAt }: Read): Record<string, unknown> {
  const moved = before.day !== draft.day || before.time !== draft.time || before.minutes !== draft.minutes;
  return {
    ...(draft.subject === before.subject ? {} : { subject: draft.subject.trim() }),
    ...(draft.type === before.type ? {} : { type: draft.type }),
    ...(draft.link === before.link ? {} : { link: draft.link.trim() === '' ? null : draft.link.trim() }),
    ...(draft.agenda === before.agenda ? {} : { agenda: draft.agenda.trim() === '' ? null : draft.agenda.trim() }),
    ...(moved ? { startsAt, endsAt } : {}),
  };
}

/** TCH-03: changes or cancels a meeting of a series, it and the later ones, or all that are to come. */
export function SeriesActions({ meeting }: { meeting: AnyRow }) {
  const [asked, setAsked] = useState<'change' | 'cancel'>();
  const [scope, setScope] = useState<Scope>('all');
  const status = useWorkspace();
  const change = useCommand('series.change');
  const cancel = useCommand('series.cancel');
  const { toastSaved } = useUndo();
  if (typeof meeting['series'] !== 'string' || meeting['state'] === 'cancelled' || !status) return null;
  const row = meeting as unknown as Row<'meeting'>; // the page of meetings gives their rows
  const zone = row.timeZone ?? status.settings.timeZone;
  const start = draftOf(row, zone);
  const close = () => setAsked(undefined);
  const choice = (
    <SegmentedControl
      aria-label="Which meetings"
      size="xs"
      value={scope}
      onChange={(value) => {
        if (isScope(value)) setScope(value);
      }}
      data={Object.entries(SCOPES).map(([value, label]) => ({ value, label }))}
    />
  );
  return (
    <>
      <Button onClick={() => setAsked('change')}>Change series</Button>
      <Button onClick={() => setAsked('cancel')}>Cancel meetings</Button>
      <MeetingDialog
        key={`${row.rev}`}
        opened={asked === 'change'}
        title="Change the series"
        verb="Change"
        start={start}
        today={status.today}
        zone={zone}
        repeating={false}
        busy={change.busy}
        failure={change.error}
        onClose={close}
        onSave={(draft, times) =>
          change.run({ meeting: row.id, scope, patch: patchOf(start, draft, times) }, ({ changeSetId, meetings }) => {
            toastSaved(`Changed ${plural(meetings, 'meeting')}`, changeSetId);
            close();
          })
        }
      >
        {choice}
      </MeetingDialog>
      <Confirm
        opened={asked === 'cancel'}
        title="Cancel which meetings?"
        verb="Cancel them"
        onClose={close}
        onConfirm={() =>
          cancel.run({ meeting: row.id, scope }, ({ changeSetId, meetings }) => {
            toastSaved(`Cancelled ${plural(meetings, 'meeting')}`, changeSetId);
            close();
          })
        }
      >
        {cancel.error && <Failure failure={cancel.error} />}
        {choice}
        <p className={names.quiet}>What was held stays. One undo brings them back.</p>
      </Confirm>
    </>
  );
}
