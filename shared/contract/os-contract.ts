import { z } from 'zod';
import type { ErrorShape } from '../errors/app-error.ts';
import type { OsName } from './os-names.ts';

export type { OsName } from './os-names.ts';

/** Files that are read into a page at once: per file and together, in bytes. Larger ones are refused by name. */
export const MAX_OPEN_FILE_BYTES = 256 * 1024 * 1024;
export const MAX_OPEN_TOTAL_BYTES = 512 * 1024 * 1024;
export const MAX_OPEN_FILES = 50;

const nothing = z.strictObject({});
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a digest');
const backgroundState = z.strictObject({ keepRunning: z.boolean(), shortcut: z.boolean() });
const themeChoice = z.enum(['system', 'light', 'dark']);
/** A name to propose, never a path: no separators, no control characters. */
const fileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\:*?"<>|\p{Cc}]+$/u, 'must be a plain file name');

/**
 * What main does for a page that cannot do it itself. Everything else a page needs it asks of the engine. Each entry:
 * validators of input and output; a refusal is an AppError.
 */
export const osContract = {
  /** Lets the user choose files to read. Empty where she chose none. */
  openFiles: {
    input: z.strictObject({ purpose: z.enum(['import', 'portfolio', 'profile']) }),
    output: z.strictObject({ files: z.array(z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) })) }),
  },
  /** Lets the user choose where to save; `saved` is false where she chose not to. */
  saveFile: {
    input: z.strictObject({ fileName, bytes: z.instanceof(Uint8Array) }),
    output: z.strictObject({ saved: z.boolean(), fileName: z.string().optional() }),
  },
  /** Lets the system open a kept file (REC-33). Programs, scripts and whatever else is not a plain document are refused with `permission`. */
  openAttachment: { input: z.strictObject({ sha256, name: z.string().min(1).max(300) }), output: nothing },
  /** Lets the user choose where a kept file is saved; `saved` is false where she chose not to. */
  saveAttachment: {
    input: z.strictObject({ sha256, name: z.string().min(1).max(300) }),
    output: z.strictObject({ saved: z.boolean(), fileName: z.string().optional() }),
  },
  /** Opens an https or mailto address outside; anything else is refused. */
  openLink: { input: z.strictObject({ url: z.string().max(2048) }), output: nothing },
  /** The choice that is kept, and whether the window is dark now. */
  theme: { input: nothing, output: z.strictObject({ choice: themeChoice, dark: z.boolean() }) },
  setTheme: { input: z.strictObject({ choice: themeChoice }), output: z.strictObject({ choice: themeChoice, dark: z.boolean() }) },
  /** Whether Satchel goes on in the tray when its window is closed, and hears its shortcut everywhere. */
  background: { input: nothing, output: backgroundState },
  setBackground: {
    input: z.strictObject({ keepRunning: z.boolean().optional(), shortcut: z.boolean().optional() }),
    output: backgroundState,
  },
  /** Where the store lives and how its second copy does. */
  storage: {
    input: nothing,
    output: z.strictObject({
      backend: z.enum(['sqlite', 'leveldb']),
      journalBytes: z.number(),
      lastSeq: z.number(),
      /** What was found wrong with the second copy when it was opened, in words. */
      note: z.string().optional(),
      engineRestarts: z.number(),
    }),
  },
  /** Shows the folder with the second copy in the system's file browser. */
  revealStorage: { input: nothing, output: nothing },
  quit: { input: nothing, output: nothing },
} as const satisfies Record<OsName, { readonly input: z.ZodType; readonly output: z.ZodType }>;

export type OsInput<N extends OsName> = z.input<(typeof osContract)[N]['input']>;
export type OsOutput<N extends OsName> = z.output<(typeof osContract)[N]['output']>;
/** What crosses: an answer or an error. */
export type OsReply<N extends OsName> =
  | { readonly ok: true; readonly output: OsOutput<N> }
  | { readonly ok: false; readonly error: ErrorShape };
