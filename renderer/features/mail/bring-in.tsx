import { Button, Group } from '@mantine/core';
import { useRef } from 'react';
import { Icon } from '../../ui/icon.tsx';
import names from './mail.module.css';
import { useBringIn } from './use-bring-in.tsx';

/** TCH-09: the place on the screen of mails where mails (.eml) and calendar files (.ics) are dropped or chosen. */
export function BringIn() {
  const { open, isBusy, over, dropping, shown } = useBringIn();
  const input = useRef<HTMLInputElement>(null);
  return (
    <section aria-label="Bring in mails and calendar files" className={names.drop} data-over={over || undefined} {...dropping}>
      <Group gap="xs">
        <Button leftSection={<Icon name="upload" size={14} />} loading={isBusy} onClick={() => input.current?.click()}>
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
      {shown}
    </section>
  );
}
