import { NOTICE_REASONS } from '#shared/model/tables/notification.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { formatInstant } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import { actorName } from '../panel/actor-name.ts';
import names from './notices.module.css';

type List = Output<'notices.list'>;
export type NoticeItem = List['notices'][number];

const ICONS: { readonly [R in NoticeItem['reason']]: IconName } = {
  mention: 'chat',
  assignment: 'person',
  discussion: 'chat',
  workNotes: 'lock',
  watch: 'eye',
};

type Props = {
  readonly notice: NoticeItem;
  readonly refs: List['refs'];
  readonly timeZone: string;
  readonly onOpen: (notice: NoticeItem) => void;
  readonly onMark: (notice: NoticeItem) => void;
};

/** One notification: who did what, why one is told, when; unread ones are marked by more than colour. */
export function NoticeLine({ notice, refs, timeZone, onOpen, onMark }: Props) {
  const { reason, summary, excerpt, by, at, unread } = notice;
  return (
    <li className={names.line} data-unread={unread || undefined}>
      <button type="button" className={names.open} data-notice onClick={() => onOpen(notice)}>
        <Icon name={ICONS[reason]} size={14} />
        <span className={names.content}>
          <span className={names.summary}>
            {unread && <span className={names.sr}>Unread: </span>}
            <strong>{actorName(by, refs)}</strong> {summary}
          </span>
          {excerpt !== undefined && <span className={names.excerpt}>{excerpt}</span>}
          <span className={names.meta}>
            {NOTICE_REASONS[reason]} · <time dateTime={at}>{formatInstant(at, timeZone)}</time>
          </span>
        </span>
        {unread && <span aria-hidden="true" className={names.dot} />}
      </button>
      <IconButton
        icon={unread ? 'check' : 'undo'}
        size={24}
        label={unread ? 'Mark as read' : 'Mark as unread'}
        onClick={() => onMark(notice)}
      />
    </li>
  );
}
