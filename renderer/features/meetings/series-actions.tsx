import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AnyRow, Row } from '#shared/model/dictionary.ts';
import { CADENCES } from '#shared/model/tables/meeting.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { setDraft } from '../../state/drafts.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { MeetingDialog } from './meeting-dialog.tsx';
import { draftOf, patchOf, type MeetingDraft } from './meeting-draft.ts';
import names from './meetings.module.css';

const SCOPES = { one: 'This one', following: 'This and later', all: 'All to come' } as const;
type Scope = keyof typeof SCOPES;
const isCadence = (value: string): value is keyof typeof CADENCES => Object.hasOwn(CADENCES, value);
const isScope = (value: string): value is Scope => Object.hasOwn(SCOPES, value);

/** TCH-03: changes or cancels a meeting of a series, it and the later ones, or all that are to come. */
export function SeriesActions({ meeting }: { meeting: AnyRow }) {
  const [asked, setAsked] = useState<'change' | 'cancel'>();
  const [scope, setScope] = useState<Scope>('all');
  const [tells, setTells] = useState(true);
  const status = useWorkspace();
  const change = useCommand('series.change');
  const cancel = useCommand('series.cancel');
  const { toastSaved } = useUndo();
  const isOfSeries = typeof meeting['series'] === 'string';
  const series = useLive('meetings.page', isOfSeries ? { meeting: meeting.id } : undefined).data?.series;
  const { nameOf } = useFormWorld();
  const isOpen = isOfSeries && meeting['state'] !== 'cancelled' && series !== undefined;
  useActions(
    useMemo<readonly Action[]>(
      () =>
        !isOpen
          ? []
          : [
              {
                id: 'series-change',
                label: 'Change this meeting or its series',
                group: 'This screen',
                icon: 'calendar',
                keys: 's',
                words: 'move reschedule rhythm repeat',
                run: () => setAsked('change'),
              },
              {
                id: 'series-cancel',
                label: 'Cancel this meeting or its series',
                group: 'This screen',
                icon: 'close',
                keys: 'x',
                words: 'call off occurrence',
                run: () => setAsked('cancel'),
              },
            ],
      [isOpen],
    ),
  );
  if (!isOpen || !status) return null;
  const row = meeting as unknown as Row<'meeting'>; // the page of meetings gives their rows
  const zone = row.timeZone ?? status.settings.timeZone;
  const cadence = isCadence(series.cadence) ? series.cadence : 'weekly';
  const start: MeetingDraft = { ...draftOf(row, zone, nameOf), repeats: cadence, until: series.repeatUntil };
  const draftKey = `series dialog ${row.id}`;
  const isInvited = (row.contacts?.length ?? 0) + (row.users?.length ?? 0) > 0;
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
      <Button title="Change series (S)" onClick={() => setAsked('change')}>
        Change series
      </Button>
      <Button title="Cancel meetings (X)" onClick={() => setAsked('cancel')}>
        Cancel meetings
      </Button>
      <MeetingDialog
        opened={asked === 'change'}
        title="Change the series"
        verb="Change"
        start={start}
        today={status.today}
        zone={zone}
        draftKey={draftKey}
        of={scope === 'one' ? 'one' : 'series'}
        busy={change.busy}
        failure={change.error}
        onClose={close}
        onSave={(draft, times) =>
          change.run(
            {
              meeting: row.id,
              scope,
              mail: draft.mail,
              patch: patchOf(start, draft, times),
              ...(scope === 'one' || draft.repeats === 'once' || draft.repeats === cadence ? {} : { cadence: draft.repeats }),
              ...(scope === 'one' || times.until === undefined || times.until === series.repeatUntil ? {} : { repeatUntil: times.until }),
            },
            ({ changeSetId, meetings }) => {
              setDraft(draftKey, EMPTY_DRAFT);
              toastSaved(`Changed ${plural(meetings, 'meeting')}`, changeSetId);
              close();
            },
          )
        }
      >
        {choice}
        {scope !== 'one' && (
          <p className={names.quiet}>
            What was changed in a single meeting by hand stays. Moved to an earlier day or another rhythm, what is to come is cancelled and
            planned anew.
          </p>
        )}
      </MeetingDialog>
      <Confirm
        opened={asked === 'cancel'}
        title="Cancel which meetings?"
        verb="Cancel them"
        onClose={close}
        onConfirm={() =>
          cancel.run({ meeting: row.id, scope, mail: tells }, ({ changeSetId, meetings }) => {
            toastSaved(`Cancelled ${plural(meetings, 'meeting')}`, changeSetId);
            close();
          })
        }
      >
        {cancel.error && <Failure failure={cancel.error} />}
        {choice}
        {isInvited && (
          <Checkbox
            size="xs"
            mt="xs"
            label="Tell them by mail"
            checked={tells}
            onChange={(event) => setTells(event.currentTarget.checked)}
          />
        )}
        <p className={names.quiet}>What was held stays. One undo brings them back.</p>
      </Confirm>
    </>
  );
}
