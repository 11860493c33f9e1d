import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useJob } from '../../data/use-job.ts';
import { useSync } from '../../data/use-sync.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Page } from '../../ui/page.tsx';
import { toastDone } from '../../ui/toast.ts';
import { FirstLoad } from '../sync/first-load.tsx';
import { lookOf } from '../sync/sync-words.ts';
import names from './start.module.css';

/** What a person meets whose store is still empty: their own files, or a portfolio to try things on (UX-06, ONB-10). */
export function StartScreen() {
  const heading = useScreen('Welcome');
  const sync = useSync();
  const navigate = useNavigate();
  const demo = useJob('workspace.demo');
  const { state } = demo;
  const progress = state.kind === 'running' ? state.progress : undefined;
  if (sync?.state === 'first-load') {
    return (
      <Page title="Your records are on their way" headingRef={heading}>
        <p className={names.lead}>{lookOf(sync).sentence}</p>
        <div className={names.lead}>
          <FirstLoad progress={sync.progress} />
        </div>
        <p className={names.lead}>
          <a href="#/sync">How sync stands</a>
        </p>
      </Page>
    );
  }
  const isConnected = sync?.connection !== undefined;
  return (
    <Page title="Your portfolio, on this device" headingRef={heading}>
      <p className={names.lead}>
        {isConnected
          ? 'There is nothing of yours in the central store yet. What you bring in here goes there by itself.'
          : 'Everything works without a network, and nothing leaves this device. Begin with your own data, or look around first.'}
      </p>
      {state.kind === 'failed' && state.error.code !== 'cancelled' && <Failure failure={state.error} />}
      {state.kind === 'running' && (
        <JobProgress
          title="Making the demo portfolio"
          step={progress?.step}
          done={progress?.done ?? 0}
          total={progress?.total ?? 0}
          onCancel={demo.cancel}
        />
      )}
      <ul className={names.ways}>
        <li className={names.way}>
          <Icon name="import" size={26} />
          <h2>Bring your files</h2>
          <p>
            An export of your CRM as CSV or XLSX: accounts, contracts, contacts, tickets, usage. Satchel recognises the columns, shows what
            is wrong before anything goes in, and one undo takes all of it back.
          </p>
          <Button variant="filled" onClick={() => void navigate({ to: '/import' })}>
            Import files
          </Button>
        </li>
        {/* made-up records are nothing for colleagues */}
        {!isConnected && (
          <li className={names.way}>
            <Icon name="portfolio" size={26} />
            <h2>Look around first</h2>
            <p>
              A made-up portfolio of 500 engagements over three years, with health scores, risks and renewals. One undo takes it away again.
            </p>
            <Button
              disabled={state.kind === 'running'}
              onClick={() => demo.start({}, ({ engagements }) => toastDone(`${plural(engagements, 'engagement')} made`))}
            >
              Make a demo portfolio
            </Button>
          </li>
        )}
      </ul>
      {!isConnected && (
        <p className={names.lead}>
          Does your organisation run a central store for Satchel? <a href="#/sync/connect">Connect to it</a>, and your records come here.
        </p>
      )}
    </Page>
  );
}
