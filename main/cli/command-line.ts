import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { EngineClient } from '#shared/contract/client/client.ts';
import type { Report } from './report.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What a command gets: its words, its options, and files. */
export type Invocation = {
  readonly words: readonly string[];
  readonly text: (option: string) => string | undefined;
  readonly is: (option: string) => boolean;
  /** Reads a file that was named on the command line; throws AppError `file` when it cannot be read. */
  readonly read: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
};

/** The words of a command that works on a portfolio, with the engine that holds it. */
export type Opened = Invocation & { readonly client: EngineClient };

type CommandBase = {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: Options;
  /** Fewest and most words after the name. */
  readonly words: readonly [number, number];
};

/** `writes`: the portfolio is written back. `standalone`: runs without opening one. */
export type Command =
  | (CommandBase & { readonly standalone: true; readonly run: (invocation: Invocation) => Promise<Report> })
  | (CommandBase & { readonly standalone?: undefined; readonly writes?: true; readonly run: (invocation: Opened) => Promise<Report> });

/** Options of every command. */
export const COMMON_OPTIONS = {
  file: { type: 'string', short: 'f' },
  passphrase: { type: 'string' },
  'as-of': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Options;

export class UsageError extends Error {}

export type ParsedLine = {
  readonly command: Command;
  readonly words: readonly string[];
  readonly text: (name: string) => string | undefined;
  readonly is: (name: string) => boolean;
};

/** Reads the words after `satchel`; throws UsageError that says what would be right. */
export function parseLine(commands: readonly Command[], line: readonly string[]): ParsedLine {
  const [name = 'help', ...rest] = line[0] === '--help' || line[0] === '-h' ? ['help', ...line.slice(1)] : line;
  const command = commands.find((each) => each.name === name);
  if (!command) throw new UsageError(`There is no command "${name}". Commands: ${commands.map((each) => each.name).join(', ')}.`);
  const { values, positionals } = parsed(command, rest);
  const [fewest, most] = command.words;
  const asked = values['help'] === true;
  if (!asked && (positionals.length < fewest || positionals.length > most))
    throw new UsageError(`Use it like this: satchel ${command.usage}`);
  return {
    command,
    words: positionals,
    text: (option) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    is: (option) => values[option] === true,
  };
}

type Parsed = { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] };

function parsed(command: Command, rest: readonly string[]): Parsed {
  try {
    return parseArgs({ args: [...rest], options: { ...COMMON_OPTIONS, ...command.options }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : 'The options are not understood'} Use it like this: satchel ${command.usage}`,
    );
  }
}
