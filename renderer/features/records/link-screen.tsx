import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLive } from '../../data/use-live.ts';
import { recordPath } from '../../state/addresses.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';

const route = getRouteApi('/r/$name');

/** Where a link by number or ID leads: on to the record's own page. */
export function LinkScreen() {
  const { name } = route.useParams();
  const navigate = useNavigate();
  const heading = useScreen(name);
  const { data, error } = useLive('records.resolve', { name });
  useEffect(() => {
    if (data !== undefined) void navigate({ to: recordPath(data.table, data.id), replace: true });
  }, [data, navigate]);
  return (
    <Page title={name} headingRef={heading}>
      {error?.code === 'not-found' && (
        <EmptyState
          title={error.message}
          actions={
            <Button component="a" href="#/records">
              All records
            </Button>
          }
        >
          {error.details.wayOut}
        </EmptyState>
      )}
      {error && error.code !== 'not-found' && <Failure failure={error} />}
      {!error && <SkeletonLines label="Looking for the record" lines={4} />}
    </Page>
  );
}
