import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isServerAddress, serverAddress } from '#shared/util/server-address.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { organisationFailure } from './connect-words.ts';
import type { SyncStatus } from './sync-types.ts';
import names from './sync.module.css';

type Typed = {
  readonly known: SyncStatus['connection'];
  readonly server: string;
  readonly tenant: string;
  readonly deviceName: string;
};
type Ways = { readonly password: boolean; readonly organisation: boolean };

/** The address as it is kept; undefined while it is none. */
function addressOf(typed: string): string | undefined {
  try {
    return serverAddress(typed);
  } catch {
    return undefined;
  }
}

/** Signing in with the organisation (S15): whether it has a sign-in of its own, the page for the browser, the code that it shows. */
export function useOrganisation({ known, server, tenant, deviceName }: Typed, onDone: () => void) {
  const [asked, setAsked] = useState(known && { server: known.server, tenant: known.tenant });
  const found = useLive('sync.ways', asked).data;
  const begin = useCommand('sync.beginSignIn');
  const finish = useCommand('sync.finishSignIn');
  const [begun, setBegun] = useState<string>();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  // what was found of other names than those that stand there now says nothing
  const isCurrent = asked !== undefined && addressOf(server) === asked.server && tenant === asked.tenant;
  const offered: Ways = isCurrent && found !== undefined ? found : { password: true, organisation: false };
  const page = isCurrent ? begun : undefined;
  return {
    /** Which fields to show. While the code is waited for, it alone counts. */
    ways: { password: offered.password && page === undefined, organisation: offered.organisation },
    orPassword: offered.password,
    page,
    code,
    problem,
    busy: begin.busy || finish.busy,
    failure: organisationFailure(begin.error ?? finish.error, server),
    /** Once address and organisation have been typed. */
    ask: () => {
      const at = addressOf(server);
      if (at !== undefined && isServerAddress(at) && tenant !== '' && !(isCurrent && found?.reached === true))
        setAsked({ server: at, tenant });
    },
    begin: () => {
      if (asked === undefined || deviceName === '') return;
      setProblem(undefined);
      setCode('');
      begin.run({ ...asked, deviceName }, (answer) => setBegun(answer.page));
    },
    setCode: (typed: string) => {
      setCode(typed);
      setProblem(undefined);
    },
    finish: () => {
      if (code.trim() === '') return setProblem('Enter the code that the page shows when you have signed in there.');
      finish.run({ code: code.trim() }, ({ outcome, message }) => {
        if (outcome === 'signed-in') onDone();
        else setProblem(message ?? 'This code is not right.');
      });
    },
    leave: () => setBegun(undefined),
  };
}

type Organisation = ReturnType<typeof useOrganisation>;

/** Offered where the organisation has a sign-in of its own. */
export function OrganisationOffer({ organisation }: { readonly organisation: Organisation }) {
  return (
    <div>
      {organisation.failure && <Failure failure={organisation.failure} />}
      <div className={names.buttons}>
        <Button variant="filled" loading={organisation.busy} onClick={organisation.begin}>
          Sign in with your organisation
        </Button>
        {organisation.orPassword && <span className={names.quiet}>or with login and password</span>}
      </div>
    </div>
  );
}

/** The way to the page, and the field for the code that it shows. */
export function OrganisationCode({ organisation, page }: { readonly organisation: Organisation; readonly page: string }) {
  const { code, setCode, problem, failure, begin } = organisation;
  return (
    <div className={`${names.note} ${names.plainNote}`}>
      <Icon name="info" />
      <div>
        {failure && <Failure failure={failure} />}
        <p>1. Sign in on the page of your organisation. It opens in your browser.</p>
        <div className={names.buttons}>
          <Button component="a" href={page} target="_blank" rel="noreferrer">
            Open the sign-in page
          </Button>
          <Button variant="subtle" onClick={begin}>
            Begin again
          </Button>
        </div>
        <p>2. Enter the code that it shows at the end.</p>
        <TextInput
          label="Code from the page"
          autoComplete="one-time-code"
          spellCheck={false}
          value={code}
          error={problem}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}
