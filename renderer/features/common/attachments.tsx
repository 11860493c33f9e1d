import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState, type DragEvent } from 'react';
import { refTo } from '#shared/model/any-reference.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { useAddFiles } from '../../data/use-add-files.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { AddingLine } from './adding-line.tsx';
import { AttachmentLine } from './attachment-line.tsx';
import names from './attachments.module.css';

/** Takes files from the clipboard while it is on screen: a copied file or a screenshot. Text is left to whoever has the focus. */
function usePaste(add: (files: readonly File[]) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [add]);
}

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** The files of a record (REC-33): added by button, drop or paste; opened, saved, renamed, deleted. */
export function Attachments({ about }: { about: { readonly table: TableName; readonly id: string } }) {
  const ref = refTo(about.table, about.id);
  const { data, error } = useLive('attachments.list', { about: ref });
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const { adding, add, cancel, retry } = useAddFiles(ref);
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [over, setOver] = useState(false);
  usePaste(add);

  const drop = (event: DragEvent) => {
    setOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  };
  const attachments = data?.attachments ?? [];
  return (
    <Section
      title="Attachments"
      note={data === undefined ? undefined : formatNumber(attachments.length, 0)}
      actions={
        <Button leftSection={<Icon name="attach" />} aria-describedby={hint} onClick={() => input.current?.click()}>
          Add files
        </Button>
      }
    >
      <div
        className={names.zone}
        data-over={over || undefined}
        onDragOver={(event) => {
          if (!carriesFiles(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {error && !data && <Failure failure={error} />}
        {!data && !error && <SkeletonLines label="Loading attachments" lines={2} />}
        {data && attachments.length + adding.length === 0 && <p className={names.empty}>No files yet.</p>}
        {attachments.length + adding.length > 0 && (
          <ul className={names.lines} aria-label="Attached files">
            {adding.map((file) => (
              <AddingLine key={file.key} adding={file} onCancel={() => cancel(file)} onRetry={() => retry(file)} />
            ))}
            {attachments.map((file) => (
              <AttachmentLine key={file.id} file={file} timeZone={timeZone} />
            ))}
          </ul>
        )}
        <p id={hint} className={names.hint}>
          Drop files here, paste them, or choose them. They stay on this computer.
        </p>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-testid="attach-files"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) add(files);
        }}
      />
    </Section>
  );
}
