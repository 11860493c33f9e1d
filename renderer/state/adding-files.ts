import { create } from 'zustand';
import type { ErrorDetails } from '#shared/errors/app-error.ts';

/** A file on its way to a record. It goes on when its screen is left. */
export type AddingFile = {
  readonly key: string;
  /** The record, as `<table>/<id>`. */
  readonly about: string;
  readonly file: File;
  readonly sent: number;
  readonly state: 'waiting' | 'sending' | 'failed';
  readonly failure?: { readonly message: string; readonly details?: ErrorDetails } | undefined;
  readonly controller: AbortController;
};

type AddingFiles = { readonly files: readonly AddingFile[] };

/** Files on their way, of all records. */
export const useAddingFiles = create<AddingFiles>()(() => ({ files: [] }));

export function putAddingFiles(added: readonly AddingFile[]): void {
  useAddingFiles.setState(({ files }) => ({ files: [...files, ...added] }));
}

export function changeAddingFile(key: string, change: Partial<AddingFile>): void {
  useAddingFiles.setState(({ files }) => ({ files: files.map((file) => (file.key === key ? { ...file, ...change } : file)) }));
}

export function dropAddingFile(key: string): void {
  useAddingFiles.setState(({ files }) => ({ files: files.filter((file) => file.key !== key) }));
}
