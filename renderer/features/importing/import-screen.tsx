import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useJob } from '../../data/use-job.ts';
import { useLive } from '../../data/use-live.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure, type FailureLike } from '../../ui/failure.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { FileDrop } from './file-drop.tsx';
import { HeldRows } from './held-rows.tsx';
import { Done } from './import-done.tsx';
import { PurposeLine, usePurpose } from './import-purpose.tsx';
import type { ImportSearch } from './import-search.ts';
import names from './importing.module.css';
import { Review } from './review.tsx';
import { Templates } from './templates.tsx';

const route = getRouteApi('/import');
/** Files beyond this are not read into memory to be refused there (design.md: caps). */
const MOST_BYTES = 200 * 1024 * 1024;

/** ONB-04, T12: files → what they are → what is wrong → in. The session lives in the engine, so a reload loses nothing. */
export function ImportScreen() {
  const heading = useScreen('Import');
  const search = route.useSearch();
  const { session: sessionId } = search;
  const purpose = usePurpose(search);
  const navigate = useNavigate();
  const opening = useJob('import.open');
  const [unread, setUnread] = useState<FailureLike>();
  const session = useLive('import.session', sessionId === undefined ? undefined : { sessionId });
  const show = useCallback(
    (id: string | undefined) =>
      void navigate({
        to: '/import',
        search: ({ session: _before, ...purposeOf }: ImportSearch) => (id === undefined ? purposeOf : { ...purposeOf, session: id }),
      }),
    [navigate],
  );

  const { start } = opening;
  const take = async (files: readonly File[]) => {
    const large = files.find((file) => file.size > MOST_BYTES);
    if (large) {
      setUnread({
        message: `${large.name} is larger than 200 MB.`,
        details: { file: large.name, wayOut: 'Split it, or export fewer columns or a shorter period.' },
      });
      return;
    }
    setUnread(undefined);
    try {
      const read = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
      start(
        purpose
          ? { files: read, into: purpose.into, ...(purpose.account === undefined ? {} : { account: purpose.account }) }
          : { files: read, engagements: 'perAccount' },
        (opened) => show(opened.sessionId),
      );
    } catch {
      setUnread({
        message: 'A file could not be read from the disk.',
        details: { wayOut: 'Check that it still exists and is not open elsewhere, then choose it again.' },
      });
    }
  };

  const isGone = session.error?.code === 'not-found';
  if (sessionId !== undefined && !isGone) {
    return (
      <Page fixed={session.data?.state === 'ready'} title="Import" headingRef={heading}>
        {session.error && <Failure failure={session.error} />}
        {session.data === undefined && !session.error && <SkeletonLines label="Loading the import" lines={6} />}
        {session.data && session.data.state === 'done' && <Done session={session.data} purpose={purpose} onAgain={() => show(undefined)} />}
        {session.data && session.data.state !== 'done' && (
          <>
            {purpose && <PurposeLine purpose={purpose} />}
            <Review key={sessionId} session={session.data} purpose={purpose} onLeave={() => show(undefined)} />
          </>
        )}
      </Page>
    );
  }
  const state = opening.state;
  const progress = state.kind === 'running' ? state.progress : undefined;
  return (
    <Page title="Import" headingRef={heading} note="Nothing leaves this device.">
      {purpose && <PurposeLine purpose={purpose} />}
      {isGone && (
        <Failure
          failure={{
            message: 'That import is over: it was finished or discarded.',
            details: { wayOut: 'Drop the files again to start anew.' },
          }}
        />
      )}
      {unread && <Failure failure={unread} />}
      {state.kind === 'failed' && state.error.code !== 'cancelled' && <Failure failure={state.error} />}
      {state.kind === 'running' ? (
        <Section title="Reading your files">
          <JobProgress
            title="Reading your files"
            step={progress?.step}
            done={progress?.done ?? 0}
            total={progress?.total ?? 0}
            onCancel={opening.cancel}
          />
        </Section>
      ) : (
        <FileDrop onFiles={(files) => void take(files)} busy={false} />
      )}
      <div className={names.below}>
        <HeldRows />
        <Templates />
      </div>
    </Page>
  );
}
