import { Button } from '@mantine/core';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { formatTime, plural } from '../../ui/format.ts';
import names from './mail.module.css';

/** Whether mails leave from here, what keeps them, and what needs the person. */
export function OutboxState() {
  const { data } = useLive('mails.outbox', {});
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const now = useCommand('mails.sendNow');
  if (data === undefined) return null;
  const { way, waiting, later, needsPerson, problem, nextTryAt } = data;
  const open = [
    waiting === 0
      ? ''
      : `${plural(waiting, 'mail')} waiting${later === 0 ? '' : `, ${later === waiting ? '' : `${later} of them `}for a chosen time`}`,
    needsPerson === 0 ? '' : `${plural(needsPerson, 'mail')} to be looked at`,
  ].filter(Boolean);
  return (
    <div className={names.bar} role="status">
      <span>{open.length === 0 ? 'Nothing waits to be sent.' : `${open.join(', ')}.`}</span>
      {way === 'not-set-up' && (
        <span>
          No mail server is set up: mails wait, or leave as files. <a href="#/mails/setup">Set one up</a>
        </span>
      )}
      {way === 'none' && (
        <span>In a browser mails leave as files: open one, save it for your mail program, and say that you have sent it.</span>
      )}
      {problem !== undefined && (
        <span className={names.problem}>
          {problem}
          {nextTryAt !== undefined && ` It is tried again at ${formatTime(nextTryAt, timeZone)}.`}
        </span>
      )}
      {way === 'ready' && waiting > later && (
        <Button size="compact-sm" loading={now.busy} onClick={() => now.run({})}>
          Send now
        </Button>
      )}
    </div>
  );
}
