import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/errors/app-error.ts';
import { serverAddress } from '#shared/util/server-address.ts';
import { asAppError, useCommand } from '../../data/use-command.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { beforehandWords, connectVerb, deviceNameFrom, signInFailure } from './connect-words.ts';
import type { SyncStatus } from './sync-types.ts';
import { OrganisationCode, OrganisationOffer, useOrganisation } from './organisation-sign-in.tsx';
import names from './sync.module.css';

const DRAFT = 'sign in';
const FIELDS = ['server', 'tenant', 'login', 'deviceName'] as const;
type Field = (typeof FIELDS)[number];

type Props = {
  /** With what this device was connected before. */
  readonly known: SyncStatus['connection'];
  /** Records on this device, and changes of them that were not sent. */
  readonly records: number;
  readonly pending: number;
  readonly onDone: () => void;
};

/** What stands in the four fields that are kept: typed, else known from before. The password and the code are never kept. */
function useTyped(known: SyncStatus['connection']) {
  const { draft, onDraft } = useDraft(DRAFT);
  const start: Readonly<Record<Field, string>> = {
    server: known?.server ?? '',
    tenant: known?.tenant ?? '',
    login: known?.login ?? '',
    deviceName: known?.deviceName ?? deviceNameFrom(navigator.userAgent),
  };
  const valueOf = (field: Field): string => {
    const typed = draft.values[field];
    return typeof typed === 'string' ? typed : start[field];
  };
  const set = (field: Field, value: string) => onDraft({ ...draft, values: { ...draft.values, [field]: value } });
  return { valueOf, set };
}

/** Server, organisation, login, password; and the code where the device is new. Says beforehand what happens to what is here. */
export function ConnectForm({ known, records, pending, onDone }: Props) {
  const { valueOf, set } = useTyped(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  // undefined: not asked for; then what the store said about it
  const [asksCode, setAsksCode] = useState<'first' | 'none' | 'again'>();
  const [tried, setTried] = useState(false);
  const { run, busy, error } = useCommand('sync.signIn');
  const server = valueOf('server').trim();
  const here = { records, pending, again: known !== undefined };
  const [addressProblem, setAddressProblem] = useState<AppError>();
  const failure = error && signInFailure(error, server);
  const missing = (value: string, what: string) => (tried && value.trim() === '' ? `${what} must be filled in.` : undefined);

  const done = () => {
    setDraft(DRAFT, EMPTY_DRAFT);
    onDone();
  };
  const typed = (): Readonly<Record<Field, string>> =>
    Object.fromEntries(FIELDS.map((field) => [field, valueOf(field).trim()])) as Readonly<Record<Field, string>>; // the same four keys
  const organisation = useOrganisation({ known, ...typed() }, done);
  const { ways } = organisation;

  const submit = () => {
    setTried(true);
    if (organisation.page !== undefined) return organisation.finish();
    if (busy || password === '' || FIELDS.some((field) => valueOf(field).trim() === '')) return;
    try {
      serverAddress(server);
    } catch (thrown) {
      setAddressProblem(asAppError(thrown));
      return;
    }
    setAddressProblem(undefined);
    const codeGiven = code.trim();
    run({ ...typed(), server: serverAddress(server), password, ...(codeGiven === '' ? {} : { code: codeGiven }) }, ({ outcome }) => {
      if (outcome === 'approval-needed') {
        setAsksCode(asksCode === undefined ? 'first' : codeGiven === '' ? 'none' : 'again');
        return;
      }
      done();
    });
  };

  return (
    <form
      className={names.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      aria-label="Connect to a central store"
    >
      {failure && <Failure failure={failure} />}
      <TextInput
        label="Address of the central store"
        description="As your organisation gave it to you, such as https://satchel.example.com"
        required
        withAsterisk={false}
        type="url"
        inputMode="url"
        autoComplete="url"
        spellCheck={false}
        autoFocus={known === undefined}
        value={valueOf('server')}
        error={missing(server, 'The address') ?? addressProblem?.message}
        onBlur={organisation.ask}
        onChange={(event) => {
          setAddressProblem(undefined);
          set('server', event.currentTarget.value);
        }}
      />
      {known !== undefined && (
        <p className={names.quiet}>
          The records on this device belong to {known.login} of {known.tenant}. Someone else begins with a Satchel of their own.
        </p>
      )}
      <div className={names.pair}>
        <TextInput
          label="Organisation"
          readOnly={known !== undefined}
          required
          withAsterisk={false}
          autoComplete="organization"
          spellCheck={false}
          value={valueOf('tenant')}
          error={missing(valueOf('tenant'), 'The organisation')}
          onBlur={organisation.ask}
          onChange={(event) => set('tenant', event.currentTarget.value)}
        />
        {ways.password && (
          <TextInput
            label="Login"
            readOnly={known !== undefined}
            required
            withAsterisk={false}
            autoComplete="username"
            spellCheck={false}
            value={valueOf('login')}
            error={missing(valueOf('login'), 'The login')}
            onChange={(event) => set('login', event.currentTarget.value)}
          />
        )}
        {ways.password && (
          <PasswordInput
            size="xs"
            label="Password"
            required
            withAsterisk={false}
            autoComplete="current-password"
            autoFocus={known !== undefined}
            value={password}
            error={missing(password, 'The password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Name of this device"
          required
          withAsterisk={false}
          value={valueOf('deviceName')}
          error={missing(valueOf('deviceName'), 'The name')}
          onChange={(event) => set('deviceName', event.currentTarget.value)}
        />
      </div>
      {ways.organisation && organisation.page === undefined && <OrganisationOffer organisation={organisation} />}
      {organisation.page !== undefined && <OrganisationCode organisation={organisation} page={organisation.page} />}
      {asksCode !== undefined && ways.password && (
        <TextInput
          label="Approval code"
          description="This device is new to the central store. Get a code on one of your other devices (Sync, Devices), or from an administrator."
          autoFocus
          autoComplete="one-time-code"
          spellCheck={false}
          value={code}
          error={
            asksCode === 'again'
              ? 'This code is not right, has been used, or is over a week old.'
              : asksCode === 'none'
                ? 'Without a code this device cannot be connected.'
                : undefined
          }
          onChange={(event) => {
            setCode(event.currentTarget.value);
            setAsksCode('first');
          }}
        />
      )}
      <div className={`${names.note} ${names.plainNote}`}>
        <Icon name="info" />
        <div>
          <p>What happens then</p>
          {beforehandWords(here).map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      </div>
      {(ways.password || organisation.page !== undefined) && (
        <div className={names.buttons}>
          <Button type="submit" variant="filled" loading={busy || organisation.busy}>
            {connectVerb(here)}
          </Button>
          {organisation.page !== undefined && (
            <Button variant="subtle" onClick={organisation.leave}>
              Sign in another way
            </Button>
          )}
        </div>
      )}
    </form>
  );
}
