import { app, dialog, nativeTheme, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import { basename, join } from 'node:path';
import { harmlessName } from '#shared/domain/attachments/file-names.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { openOutside, saveOutside } from '../files/open-outside.ts';
import type { FileFolder } from '../files/file-folder.ts';
import type { OpenJournal } from '../journal/journal.ts';
import type { ProfileKeeper } from '../profile/profile-file.ts';
import { externalLink } from '../security/external-link.ts';
import type { Background } from '../windows/background.ts';
import type { ThemeChoice } from '../windows/window-state.ts';
import type { OsHandlers } from './answer.ts';
import { readChosen, writeChosen } from './files.ts';

export type OsOptions = {
  readonly window: () => BrowserWindow | undefined;
  readonly journal: () => OpenJournal;
  /** The bytes of attachments, and the folder for copies that other programs open. */
  readonly files: FileFolder;
  readonly copies: string;
  readonly profile: ProfileKeeper;
  readonly engineRestarts: () => number;
  readonly theme: { readonly choice: () => ThemeChoice; readonly choose: (choice: ThemeChoice) => void };
  readonly background: () => Pick<Background, 'state' | 'change'>;
  readonly revealStorage: () => void;
};

const everything = { name: 'All files', extensions: ['*'] };
const purposes: Record<'import' | 'portfolio' | 'profile', OpenDialogOptions> = {
  import: {
    title: 'Choose the files to import',
    filters: [{ name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'xlsx'] }, everything],
    properties: ['openFile', 'multiSelections'],
  },
  portfolio: {
    title: 'Choose a portfolio file',
    filters: [{ name: 'Satchel portfolio', extensions: ['satchel'] }, everything],
    properties: ['openFile'],
  },
  profile: {
    title: 'Choose an import profile',
    filters: [{ name: 'Import profile', extensions: ['json'] }, everything],
    properties: ['openFile'],
  },
};

/** What main does for the application's page. */
export function osHandlers({
  window,
  journal,
  files,
  copies,
  profile,
  engineRestarts,
  theme,
  background,
  revealStorage,
}: OsOptions): OsHandlers {
  const owner = (): BrowserWindow => {
    const found = window();
    if (found === undefined) throw new AppError('cancelled', 'The window is closed.');
    return found;
  };
  const look = () => ({ choice: theme.choice(), dark: nativeTheme.shouldUseDarkColors });
  return {
    openFiles: async ({ purpose }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(owner(), purposes[purpose]);
      return { files: canceled ? [] : await readChosen(filePaths) };
    },
    saveFile: async ({ fileName, bytes }) => {
      const { canceled, filePath } = await dialog.showSaveDialog(owner(), { defaultPath: join(app.getPath('documents'), fileName) });
      if (canceled || filePath === '') return { saved: false };
      await writeChosen(filePath, bytes);
      return { saved: true, fileName: basename(filePath) };
    },
    openAttachment: async (wanted) => {
      await openOutside({ files, folder: copies, openPath: (path) => shell.openPath(path) }, wanted);
      return {};
    },
    saveAttachment: async ({ sha256, name }) => {
      const defaultPath = join(app.getPath('downloads'), harmlessName(name));
      const { canceled, filePath } = await dialog.showSaveDialog(owner(), { defaultPath });
      if (canceled || filePath === '') return { saved: false };
      await saveOutside(files, { sha256, name }, filePath);
      return { saved: true, fileName: basename(filePath) };
    },
    openLink: async ({ url }) => {
      const link = externalLink(url);
      if (link === undefined) throw new AppError('validation', 'Only https and e-mail addresses can be opened.');
      await shell.openExternal(link).catch(() => {
        throw new AppError('file', 'No program on this computer opens this address.', {}, true);
      });
      return {};
    },
    theme: look,
    setTheme: ({ choice }) => {
      theme.choose(choice);
      return look();
    },
    background: () => background().state(),
    setBackground: (changes) => {
      background().change(changes);
      return background().state();
    },
    storage: async () => {
      const { note, lastSeq, size } = journal();
      const { backend } = profile.current();
      const found = { backend, journalBytes: await size(), lastSeq: lastSeq(), engineRestarts: engineRestarts() };
      return note === undefined ? found : { ...found, note };
    },
    revealStorage: () => {
      revealStorage();
      return {};
    },
    quit: () => {
      app.quit();
      return {};
    },
  };
}
