import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useScreen } from '../../state/screen.ts';
import { FilterBox } from '../../ui/filter-box.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { ViewTabs } from '../../ui/view-tabs.tsx';
import { BringIn } from './bring-in.tsx';
import { MailList } from './mail-list.tsx';
import { MAIL_VIEWS, VIEW_LABELS, viewCondition } from './mails-search.ts';
import { UnansweredLink } from './unanswered-link.tsx';
import { OutboxState } from './outbox-state.tsx';
import names from './mail.module.css';

const route = getRouteApi('/mails');
const EMPTY = {
  outbox: 'Nothing waits to be sent',
  drafts: 'No drafts',
  received: 'No mails were brought in yet',
  sent: 'Nothing was sent yet',
  important: 'Nothing is marked as important',
  all: 'No mails yet',
} as const;

/** TCH-05: all mails: what waits, drafts, what was sent and received; searched, and filtered further as a list. */
export function MailsScreen() {
  const { view = 'outbox', text = '' } = route.useSearch();
  const navigate = useNavigate({ from: '/mails' });
  const heading = useScreen('Mails');
  const search = useCallback(
    (typed: string) =>
      void navigate({
        search: (before) => ({ ...(before.view === undefined ? {} : { view: before.view }), ...(typed === '' ? {} : { text: typed }) }),
        replace: true,
      }),
    [navigate],
  );
  return (
    <Page
      title="Mails"
      headingRef={heading}
      note={<a href="#/records/email">All filters and columns</a>}
      actions={
        <Button component="a" href="#/mails/setup">
          Mail settings
        </Button>
      }
    >
      <div className={names.wide}>
        <OutboxState />
        <BringIn />
        <div className={names.bar}>
          <ViewTabs
            label="Which mails"
            views={MAIL_VIEWS.map((value) => ({ value, label: VIEW_LABELS[value] }))}
            value={view}
            onChange={(next) => void navigate({ search: (before) => ({ ...before, view: next }) })}
          />
          <FilterBox label="Search mails" value={text} onChange={search} />
        </div>
        <UnansweredLink whose="mine" />
        <Section title={VIEW_LABELS[view]}>
          <MailList condition={viewCondition(view)} text={text} empty={text === '' ? EMPTY[view] : 'No mail fits the search'} />
        </Section>
      </div>
    </Page>
  );
}
