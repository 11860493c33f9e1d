import { Button, Group, NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useJob } from '../../data/use-job.ts';
import { useLive } from '../../data/use-live.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { toastDone } from '../../ui/toast.ts';
import names from './mail.module.css';

type Known = Output<'mails.setup'>;
type Setup = NonNullable<Known['setup']>;
const PORTS = { tls: 465, starttls: 587, none: 25 } as const;
const SECURITIES = [
  { value: 'tls', label: 'TLS from the start' },
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'none', label: 'None (a server on this computer)' },
] as const;

function SetupForm({ known }: { known: Known }) {
  const { setup } = known;
  const [form, setForm] = useState<Omit<Setup, 'hasPassword'>>(
    () => setup ?? { host: '', port: PORTS.tls, security: 'tls', user: known.suggested.email, ...known.suggested },
  );
  const [password, setPassword] = useState('');
  const keep = useCommand('mails.keepSetup');
  const tryOut = useJob('mails.tryOut');
  const set = (part: Partial<Setup>) => setForm((before) => ({ ...before, ...part }));
  const problem = (field: string) => (keep.error?.details.field === field ? keep.error.message : undefined);
  const isPlaced = ['host', 'email', 'security'].some((field) => problem(field) !== undefined);
  const save = () => {
    const { host, port, security, user, name, email } = form;
    keep.run({ setup: { host, port, security, user, name, email, ...(password === '' ? {} : { password }) } }, () => {
      setPassword('');
      tryOut.reset();
      toastDone('The mail settings are kept on this device');
    });
  };
  return (
    <form
      noValidate
      className={names.form}
      aria-label="Mail settings"
      onSubmit={(event) => {
        event.preventDefault();
        if (!keep.busy) save();
      }}
    >
      {keep.error && !isPlaced && <Failure failure={keep.error} />}
      <div className={names.pair}>
        <TextInput label="Your name" value={form.name} autoComplete="name" onChange={(event) => set({ name: event.currentTarget.value })} />
        <TextInput
          label="Your address"
          type="email"
          autoComplete="email"
          value={form.email}
          error={problem('email')}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
      </div>
      <div className={names.pair}>
        <TextInput
          label="Mail server"
          description="Such as smtp.example.com"
          spellCheck={false}
          value={form.host}
          error={problem('host')}
          onChange={(event) => set({ host: event.currentTarget.value })}
        />
        <NumberInput
          label="Port"
          description="Usually 465 or 587"
          min={1}
          max={65_535}
          allowDecimal={false}
          hideControls
          value={form.port}
          onChange={(value) => set({ port: Number(value) || 0 })}
        />
        <NativeSelect
          label="Encryption"
          description="Certificates are always checked"
          value={form.security}
          error={problem('security')}
          onChange={(event) => {
            const security = SECURITIES.find(({ value }) => value === event.currentTarget.value)?.value ?? 'tls';
            set({ security, port: PORTS[security] });
          }}
          data={[...SECURITIES]}
        />
      </div>
      <div className={names.pair}>
        <TextInput
          label="User name"
          description="Empty where the server asks for none"
          autoComplete="username"
          spellCheck={false}
          value={form.user}
          onChange={(event) => set({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          description={setup?.hasPassword === true ? 'One is kept; leave this empty to go on with it' : 'Kept sealed on this device only'}
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </div>
      <Group gap="xs">
        <Button type="submit" variant="filled" loading={keep.busy}>
          Save
        </Button>
        {setup && (
          <>
            <Button loading={tryOut.state.kind === 'running'} onClick={() => tryOut.start({})}>
              Send a test mail
            </Button>
            <Button variant="subtle" onClick={() => keep.run({}, () => toastDone('The mail settings are forgotten'))}>
              Forget
            </Button>
          </>
        )}
      </Group>
      <div role="status">
        {tryOut.state.kind === 'failed' && <Failure failure={tryOut.state.error} />}
        {tryOut.state.kind === 'done' && (
          <p className={tryOut.state.output.isSent ? names.quiet : names.problem}>{tryOut.state.output.message}</p>
        )}
      </div>
    </form>
  );
}

/** TCH-05: how mails leave from this device. */
export function MailSetupScreen() {
  const heading = useScreen('Mail settings');
  const { data, error } = useLive('mails.setup', {});
  return (
    <Page title="Mail settings" headingRef={heading} context={<a href="#/mails">Mails</a>} note="this device only">
      <div className={names.narrow}>
        {error && !data && <Failure failure={error} />}
        {data?.canSend === false && (
          <EmptyState icon="mail" title="A browser has no way to a mail server">
            Mails leave as files here: save one from the outbox, open it in your mail program and send it there. Satchel on the desktop
            sends by itself.
          </EmptyState>
        )}
        {data?.canSend === true && (
          <Section title="Mail server">
            <SetupForm key={data.setup === undefined ? 'new' : 'known'} known={data} />
          </Section>
        )}
      </div>
    </Page>
  );
}
