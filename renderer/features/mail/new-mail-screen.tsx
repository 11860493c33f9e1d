import { getRouteApi } from '@tanstack/react-router';
import { useLive } from '../../data/use-live.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ComposeMail } from './compose-mail.tsx';
import names from './mail.module.css';

const route = getRouteApi('/mails/new');

/** TCH-05: a new mail of a touchpoint, an engagement or a person, or the answer to one. */
export function NewMailScreen() {
  const search = route.useSearch();
  const heading = useScreen('New mail');
  const { data, error } = useLive('mails.begin', search);
  const [place] = data?.places ?? [];
  return (
    <Page title="New mail" headingRef={heading} context={<a href="#/mails">Mails</a>} note={place && `${place.type}: ${place.label}`}>
      <div className={names.narrow}>
        {error && !data && <Failure failure={error} />}
        {!data && !error && <SkeletonLines label="Looking who it may go to" lines={6} />}
        {data && (
          <ComposeMail
            place={`mail ${JSON.stringify(search)}`}
            begun={data}
            {...(search.chases === undefined ? {} : { after: '/unanswered' })}
          />
        )}
      </div>
    </Page>
  );
}
