import { Button } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { Failure } from '../../ui/failure.tsx';
import { Section } from '../../ui/section.tsx';
import names from './sync.module.css';

/** S15: a code by which one more device of the person may be connected. */
export function NewDevice() {
  const { run, busy, error } = useCommand('sync.deviceCode');
  const [code, setCode] = useState<string>();
  return (
    <Section title="Connect another device">
      {error && <Failure failure={error} />}
      {code === undefined ? (
        <>
          <p>A new device asks for a code when you sign in on it. It can be used once, within a week.</p>
          <div className={names.buttons}>
            <Button loading={busy} onClick={() => run({}, (answer) => setCode(answer.code))}>
              Show a code
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>Sign in on the new device with your login and password, then enter this code there:</p>
          <p className={names.code} role="status">
            {code}
          </p>
        </>
      )}
    </Section>
  );
}
