import { getRouteApi } from '@tanstack/react-router';
import { useLive } from '../../data/use-live.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { plainText } from '../../ui/record-form/plain-text.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ComposeMail } from './compose-mail.tsx';
import { ReadMail } from './read-mail.tsx';
import names from './mail.module.css';

const route = getRouteApi('/mails/$id');

function Draft({ id }: { id: string }) {
  const { data, error } = useLive('mails.begin', { id });
  return (
    <>
      {error && !data && <Failure failure={error} />}
      {data && <ComposeMail place={`mail ${id}`} begun={data} id={id} />}
    </>
  );
}

/** TCH-05: one mail: a draft to go on with, or what was sent or received. */
export function MailScreen() {
  const { id } = route.useParams();
  const { data, error } = useLive('records.get', { table: 'email', id });
  const row = data?.row;
  const subject = plainText(row?.['subject']);
  const heading = useScreen(subject === '' ? 'Mail' : subject);
  return (
    <Page
      title={subject === '' ? 'Mail' : subject}
      headingRef={heading}
      context={<a href="#/mails">Mails</a>}
      note={<a href={`#/records/email/${encodeURIComponent(id)}`}>{row?.number ?? 'Record'}: all fields and versions</a>}
    >
      <div className={names.narrow}>
        {error && !data && <Failure failure={error} />}
        {!data && !error && <SkeletonLines label="Opening the mail" lines={6} />}
        {row && data && (row['state'] === 'draft' ? <Draft id={id} /> : <ReadMail row={row} refs={data.refs} />)}
      </div>
    </Page>
  );
}
