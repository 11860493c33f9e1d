import { Button, Popover } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { useLayout } from '../../state/layout.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { NoticeLine, type NoticeItem } from './notice-line.tsx';
import names from './notices.module.css';

const STEP = 30;
const MOST = 200;

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-notice]')];
  const at = lines.findIndex((line) => line === document.activeElement);
  event.preventDefault();
  lines[Math.max(0, Math.min(lines.length - 1, at + step))]?.focus();
}

function Notices({ close }: { close: () => void }) {
  const [limit, setLimit] = useState(STEP);
  const [unreadOnly, setUnreadOnly] = useState(false);
  const { data, error } = useLive('notices.list', { limit, ...(unreadOnly ? { unreadOnly } : {}) });
  const { run, error: refused } = useCommand('notices.mark');
  const navigate = useNavigate();
  const setPanel = useLayout((layout) => layout.setPanel);
  const workspace = useWorkspace();
  const open = (notice: NoticeItem) => {
    if (notice.unread) run({ ids: [notice.id], read: true });
    close();
    if (notice.about === undefined) return;
    setPanel(notice.discussion === undefined ? 'stream' : 'discussions');
    void navigate({ to: recordPath(notice.about.table, notice.about.id) });
  };
  const failure = error ?? refused;
  return (
    <div className={names.panel}>
      <header className={names.head}>
        <h2 className={names.title}>Notifications</h2>
        <Button
          size="compact-xs"
          variant={unreadOnly ? 'light' : 'subtle'}
          aria-pressed={unreadOnly}
          onClick={() => setUnreadOnly(!unreadOnly)}
        >
          Unread only
        </Button>
        <Button size="compact-xs" variant="subtle" disabled={!data || data.unread === 0} onClick={() => run({ read: true })}>
          Mark all as read
        </Button>
      </header>
      {failure && <Failure failure={failure} />}
      {!data && !error && <SkeletonLines label="Loading notifications" lines={5} />}
      {data?.notices.length === 0 && (
        <EmptyState icon="bell" title={unreadOnly ? 'Nothing unread' : 'Nothing yet'}>
          {workspace?.settings.currentUser === null
            ? 'Say in the settings who you are, and you hear of what others do to records that you watch or are assigned.'
            : 'You hear of records that you watch or are assigned, of discussions you are in, and of whoever mentions you.'}
        </EmptyState>
      )}
      {data && data.notices.length > 0 && (
        <ul className={names.list} onKeyDown={moveFocus} aria-label="Notifications">
          {data.notices.map((notice) => (
            <NoticeLine
              key={notice.id}
              notice={notice}
              refs={data.refs}
              timeZone={workspace?.settings.timeZone ?? 'UTC'}
              onOpen={open}
              onMark={({ id, unread }) => run({ ids: [id], read: unread })}
            />
          ))}
        </ul>
      )}
      {data && !unreadOnly && data.notices.length < Math.min(data.total, MOST) && (
        <Button variant="subtle" onClick={() => setLimit(Math.min(MOST, limit + STEP))}>
          Show older
        </Button>
      )}
    </div>
  );
}

/** REC-43: how much is unread, and what it is. */
export function Bell() {
  const [opened, setOpened] = useState(false);
  const unread = useLive('notices.list', { limit: 1 }).data?.unread ?? 0;
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'notices',
        label: 'Notifications',
        group: 'Go to',
        icon: 'bell',
        keys: 'g n',
        words: 'bell inbox mentions',
        run: () => setOpened(true),
      },
    ],
    [setOpened],
  );
  useActions(actions);
  const label = unread === 0 ? 'Notifications' : `Notifications: ${plural(unread, 'unread', 'unread')}`;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={400}>
      <span className={names.bell}>
        <Popover.Target>
          <IconButton icon="bell" label={label} keys="G then N" onClick={() => setOpened(!opened)} />
        </Popover.Target>
        {unread > 0 && (
          <span aria-hidden="true" className={names.count}>
            {unread > 99 ? '99+' : unread}
          </span>
        )}
        <span role="status" className={names.sr}>
          {unread > 0 ? `${plural(unread, 'unread notification')}` : ''}
        </span>
      </span>
      <Popover.Dropdown aria-label="Notifications" p={0}>
        <Notices close={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
