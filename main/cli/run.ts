import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { AppError } from '#shared/errors/app-error.ts';
import { parseLine, UsageError, type Command, type Opened, type ParsedLine } from './command-line.ts';
import { exportTable, query, template } from './commands/tables.ts';
import { reportPortfolio, risks, score } from './commands/figures.ts';
import { calendar, unanswered } from './commands/conversations.ts';
import { helpFor } from './commands/help.ts';
import { importFiles } from './commands/import-files.ts';
import { verify } from './commands/verify.ts';
import { EXIT, exitCodeOf, type ExitCode } from './exit-code.ts';
import { openPortfolio, type Portfolio } from './portfolio.ts';
import { report, type Report } from './report.ts';

const commands: readonly Command[] = [
  importFiles,
  template,
  score,
  risks,
  reportPortfolio,
  unanswered,
  calendar,
  query,
  exportTable,
  verify,
  helpFor(() => commands),
];

export type Terminal = { readonly out: (text: string) => void; readonly err: (text: string) => void };

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new AppError('file', missing ? `${path}: there is no such file.` : `${path}: the file cannot be read.`, { file: path });
  }
}

/** Written beside and renamed, so that a kill leaves the old file or the new one, never half of one. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  await writeFile(beside, bytes, { flush: true });
  await rename(beside, path);
}

async function opened(line: ParsedLine): Promise<Portfolio> {
  const named = line.text('file');
  const path = named ?? 'portfolio.satchel';
  const starts = line.command.name === 'import' && line.text('file') === undefined;
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  const bytes = exists && !(starts && line.text('out') !== undefined) ? await read(path) : undefined;
  if (bytes === undefined && line.command.name !== 'import' && line.command.name !== 'template') {
    throw new AppError('file', `${path}: there is no such portfolio file. Make one with: satchel import FILES… --out ${path}`, {
      file: path,
    });
  }
  return openPortfolio({
    bytes,
    fileName: path,
    passphrase: line.text('passphrase') ?? process.env['SATCHEL_PASSPHRASE'],
    asOf: line.text('as-of'),
  });
}

async function execute(line: ParsedLine): Promise<Report> {
  const { command, words, text, is } = line;
  if (is('help')) return report({ usage: command.usage }, [command.summary, '', `satchel ${command.usage}`]);
  const asOf = text('as-of');
  if (asOf !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new UsageError('--as-of takes a date as YYYY-MM-DD.');
  if (command.standalone) {
    return command.run({ words, text, is, read, write });
  }
  const portfolio = await opened(line);
  try {
    const invocation: Opened = { words, text, is, read, write, client: portfolio.client };
    const answer = await command.run(invocation);
    const target = text('out') ?? text('file') ?? (command.name === 'import' ? 'portfolio.satchel' : undefined);
    if (command.writes && target !== undefined && !is('dry-run')) await write(target, await portfolio.bytes());
    return answer;
  } finally {
    await portfolio.close();
  }
}

function failure(error: unknown): { readonly value: unknown; readonly text: string; readonly exit: ExitCode } {
  if (error instanceof UsageError) return { value: { code: 'usage', message: error.message }, text: error.message, exit: EXIT.usage };
  if (error instanceof AppError)
    return {
      value: { code: error.code, message: error.message, details: error.details },
      text: error.message,
      exit: exitCodeOf(error.code),
    };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { value: { code: 'internal', message: text }, text: `Satchel failed: ${text}`, exit: EXIT.failed };
}

/** Runs one command line (INT-06): what a person reads goes to `out`, errors to `err`; with `--json` both are one JSON value. */
export async function run(line: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const json = line.includes('--json');
  try {
    const answer = await execute(parseLine(commands, line));
    terminal.out(json ? JSON.stringify(answer.value) : answer.lines.join('\n'));
    return answer.exit;
  } catch (error) {
    const failed = failure(error);
    terminal.err(json ? JSON.stringify({ error: failed.value }) : `satchel: ${failed.text}`);
    return failed.exit;
  }
}
