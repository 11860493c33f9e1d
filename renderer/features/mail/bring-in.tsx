import { Button, Group } from '@mantine/core';
import { useRef, useState, type DragEvent } from 'react';
import { useJob } from '../../data/use-job.ts';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LookedAt } from './looked-at.tsx';
import names from './mail.module.css';

const MOST_BYTES = 25 * 2 ** 20;
const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** TCH-09: mails (.eml) and calendar files (.ics), dropped or chosen: each is shown first, then taken in. */
export function BringIn() {
  const look = useJob('mails.look');
  const [waiting, setWaiting] = useState<readonly File[]>([]);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  const open = (files: readonly File[]) => {
    const [file, ...rest] = files;
    setWaiting(rest);
    setTooLarge(undefined);
    if (file === undefined) return look.reset();
    if (file.size > MOST_BYTES) return setTooLarge(file.name);
    void file.arrayBuffer().then((content) => look.start({ name: file.name, bytes: new Uint8Array(content) }));
  };
  const next = () => open(waiting);
  const drop = (event: DragEvent) => {
    setOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    open([...event.dataTransfer.files]);
  };
  const { state } = look;
  return (
    <section
      aria-label="Bring in mails and calendar files"
      className={names.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Group gap="xs">
        <Button leftSection={<Icon name="upload" size={14} />} loading={state.kind === 'running'} onClick={() => input.current?.click()}>
          Bring in a mail or calendar file
        </Button>
        <span>or drop it here: .eml, .ics</span>
      </Group>
      <input
        ref={input}
        type="file"
        accept=".eml,.ics,message/rfc822,text/calendar"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-testid="bring-in-mail"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          open(files);
        }}
      />
      {tooLarge !== undefined && <Failure failure={{ message: `${tooLarge} is larger than 25 MB. Save its files one by one instead.` }} />}
      {state.kind === 'failed' && <Failure failure={state.error} />}
      {state.kind === 'done' && <LookedAt key={state.output.token} look={state.output} left={waiting.length} onDone={next} />}
    </section>
  );
}
