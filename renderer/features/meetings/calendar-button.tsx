import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { saveBytes } from '../../data/save-bytes.ts';
import { useAsk } from '../../data/use-ask.ts';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { AppError } from '#shared/errors/app-error.ts';
import { asAppError } from '../../data/use-command.ts';

/** TCH-04, TCH-09: the meeting as a calendar file, to be sent or opened in a calendar; a cancelled one takes itself out of it. */
export function CalendarButton({ meeting }: { meeting: AnyRow }) {
  const ask = useAsk();
  const [failure, setFailure] = useState<AppError>();
  if (meeting['state'] === 'draft') return null;
  const save = async () => {
    setFailure(undefined);
    const { fileName, text } = await ask('meetings.calendar', { meeting: meeting.id });
    await saveBytes(fileName, new TextEncoder().encode(text));
  };
  return (
    <>
      {failure && <Failure failure={failure} />}
      <Button
        leftSection={<Icon name="calendar" size={14} />}
        onClick={() => void save().catch((thrown: unknown) => setFailure(asAppError(thrown)))}
      >
        {meeting['state'] === 'cancelled' ? 'Cancellation (.ics)' : 'Invitation (.ics)'}
      </Button>
    </>
  );
}
