import { Button } from '@mantine/core';
import { useId, useRef, useState, type DragEvent } from 'react';
import { askForFiles, canAskForFiles } from '../../data/choose-files.ts';
import { asAppError } from '../../data/use-command.ts';
import { Icon } from '../../ui/icon.tsx';
import { toastFailure } from '../../ui/toast.ts';
import names from './importing.module.css';

const ACCEPTED = '.csv,.tsv,.txt,.xlsx';

/** Takes files by dropping them or by choosing them; several at once are one set (ONB-04). */
export function FileDrop({ onFiles, busy }: { onFiles: (files: readonly File[]) => void; busy: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [over, setOver] = useState(false);
  const choose = async () => {
    try {
      const files = await askForFiles();
      if (files.length > 0) onFiles(files);
    } catch (thrown) {
      toastFailure(asAppError(thrown));
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!busy && event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={names.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" size={28} />
      <p className={names.dropTitle}>Drop your files here, all at once</p>
      <p id={hint} className={names.quiet}>
        CSV or XLSX: an export of your CRM, subscriptions, tickets, usage. Satchel recognises the columns; you check them before anything is
        taken in.
      </p>
      <Button
        variant="filled"
        disabled={busy}
        aria-describedby={hint}
        onClick={() => (canAskForFiles() ? void choose() : input.current?.click())}
      >
        Choose files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPTED}
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-testid="import-files"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </div>
  );
}
