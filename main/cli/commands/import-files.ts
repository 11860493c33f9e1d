import { basename } from 'node:path';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { Command, Opened } from '../command-line.ts';
import { UsageError } from '../command-line.ts';
import { EXIT } from '../exit-code.ts';
import { report, textTable } from '../report.ts';

const CHOICES = { none: 'none', account: 'perAccount', product: 'perAccountAndProduct' } as const;

function engagementChoice(text: string | undefined): (typeof CHOICES)[keyof typeof CHOICES] {
  if (text === undefined) return 'perAccount';
  if (text === 'none' || text === 'account' || text === 'product') return CHOICES[text];
  throw new UsageError('--engagements takes none, account or product.');
}

async function answered(invocation: Opened, opened: Output<'import.open'>): Promise<Output<'import.open'>> {
  const choice = invocation.text('on-near-miss') ?? 'hold';
  if (choice !== 'hold' && choice !== 'first' && choice !== 'new') throw new UsageError('--on-near-miss takes hold, first or new.');
  let state = opened;
  for (const question of opened.questions) {
    if (question.answer !== undefined) continue;
    const first = question.candidates[0]?.key;
    const answer = choice === 'first' && first !== undefined ? first : choice === 'new' ? 'new' : 'hold';
    state = await invocation.client.job('import.change', {
      sessionId: state.sessionId,
      answer: { questionId: question.questionId, answer },
    });
  }
  return state;
}

/** `satchel import`: the same recognition, checks and commit as the screen's (ONB-04, INT-06). */
export const importFiles: Command = {
  name: 'import',
  usage:
    'import FILES… [--profile NAME] [--engagements none|account|product] [--on-near-miss hold|first|new] [--out P.satchel] [--dry-run] [--strict] [--json]',
  summary: 'Take CSV and XLSX files in as one set; good rows go in, bad ones are held back.',
  words: [1, 50],
  writes: true,
  options: {
    profile: { type: 'string' },
    engagements: { type: 'string' },
    'on-near-miss': { type: 'string' },
    out: { type: 'string' },
    'dry-run': { type: 'boolean' },
    strict: { type: 'boolean' },
  },
  run: async (invocation) => {
    const { client, words, text, is } = invocation;
    const choice = engagementChoice(text('engagements'));
    const files = await Promise.all(words.map(async (path) => ({ name: basename(path), bytes: await invocation.read(path) })));
    const profile = text('profile');
    const state = await answered(
      invocation,
      await client.job('import.open', { files, engagements: choice, ...(profile !== undefined && { profile }) }),
    );
    const { problems } = await client.call('import.problems', { sessionId: state.sessionId, offset: 0, limit: 500 });
    const done = is('dry-run') ? undefined : await client.job('import.commit', { sessionId: state.sessionId });
    if (!done) await client.command('import.discard', { sessionId: state.sessionId });
    const lines = [
      ...state.sheets.map(
        (sheet) =>
          `${sheet.file}${sheet.sheet ? ` (${sheet.sheet})` : ''}: ${sheet.rows} rows ${sheet.into ? `into ${sheet.into}` : 'left out'} – ${sheet.reason}`,
      ),
      '',
      ...textTable(state.counts, [
        { heading: 'Into', cell: (row) => row.label },
        { heading: 'New', cell: (row) => String(row.create), right: true },
        { heading: 'Changed', cell: (row) => String(row.update), right: true },
        { heading: 'Unchanged', cell: (row) => String(row.unchanged), right: true },
        { heading: 'Held back', cell: (row) => String(row.held), right: true },
      ]),
      ...problems.map(
        (problem) =>
          `${fileOf(state, problem.sheetId)}:${problem.line}${problem.column ? ` ${problem.column}` : ''}: ${problem.severity}: ${problem.message}`,
      ),
      done
        ? `Done: ${done.created} created, ${done.updated} changed, ${done.points} data points, ${done.held} rows held back.`
        : 'Nothing was written (--dry-run).',
    ];
    const held = done?.held ?? state.counts.reduce((sum, count) => sum + count.held, 0);
    const value = {
      sheets: state.sheets.map(({ columns: _columns, ...sheet }) => sheet),
      counts: state.counts,
      questions: state.questions,
      problems,
      result: done,
    };
    return report(value, lines, held > 0 && is('strict') ? EXIT.rowsHeldBack : EXIT.done);
  },
};

function fileOf(state: Output<'import.open'>, sheetId: string): string {
  return state.sheets.find((sheet) => sheet.sheetId === sheetId)?.file ?? sheetId;
}
