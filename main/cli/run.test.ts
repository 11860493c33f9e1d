import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { run } from './run.ts';

const ravenstack = join(import.meta.dirname, '../../test/fixtures/ravenstack');
const FILES = ['accounts', 'subscriptions', 'feature_usage', 'support_tickets', 'churn_events'].map((name) =>
  join(ravenstack, `ravenstack_${name}.csv`),
);

type Ran = { readonly exit: number; readonly out: string; readonly err: string };

async function satchel(...line: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const exit = await run(line, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

async function json(...line: readonly string[]): Promise<unknown> {
  const ran = await satchel(...line, '--json');
  expect(ran.err).toBe('');
  return JSON.parse(ran.out);
}

const money = z.array(z.object({ amount: z.number(), currency: z.string() }));
const figuresSchema = z.object({
  accounts: z.number(),
  activeContracts: z.number(),
  monthlyValue: money,
  csat: z.object({ mean: z.number(), scored: z.number() }),
  ticketsThisMonth: z.number(),
  usageLast30Days: z.array(z.object({ total: z.number() })),
});
const failureSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.object({ file: z.string().optional() }).optional() }),
});

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'satchel-cli-'));
  const imported = await satchel('import', ...FILES, '--out', at('p.satchel'));
  if (imported.exit !== 0 || imported.err !== '') throw new Error(`The import of RavenStack failed: ${imported.err}`);
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('satchel, the command line', { timeout: 120_000 }, () => {
  test('TCH-09 T6 a week leaves as a calendar file, and whom to ask again is listed; what is no day is refused', async () => {
    const week = await satchel('calendar', '2024-12-30', '--to', at('week.ics'), '--file', at('p.satchel'));
    expect(week).toMatchObject({ exit: 0, out: `${at('week.ics')} written: 0 meetings from 2024-12-30 to 2025-01-05.` });
    expect(await readFile(at('week.ics'), 'utf8')).toContain('METHOD:PUBLISH');
    expect(await satchel('calendar', 'soon', '--file', at('p.satchel'))).toMatchObject({
      exit: 2,
      err: expect.stringContaining('is no day'),
    });
    expect((await satchel('unanswered', '--file', at('p.satchel'))).out).toContain('0 unanswered within 3 days');
  });

  test('INT-06 ONB-10 the figures of RavenStack are the known ones at the end of 2024', async () => {
    const figures = figuresSchema.parse(await json('report', 'portfolio', '--file', at('p.satchel'), '--as-of', '2024-12-31'));
    expect(figures).toMatchObject({
      accounts: 500,
      activeContracts: 4514,
      monthlyValue: [{ amount: 1_015_960_800, currency: 'USD' }],
      ticketsThisMonth: 98,
    });
    expect(figures.csat.mean.toFixed(4)).toBe('3.9813');
    expect(figures.csat.scored).toBe(1175);
    expect(figures.usageLast30Days[0]?.total).toBe(10_430);
  });

  test('INT-06 the figures of RavenStack are the known ones at the end of 2023', async () => {
    const figures = figuresSchema.parse(await json('report', 'portfolio', '--file', at('p.satchel'), '--as-of', '2023-12-31'));
    expect(figures).toMatchObject({ accounts: 190, activeContracts: 648, monthlyValue: [{ amount: 126_211_300, currency: 'USD' }] });
  });

  test('HLT-07 one engagement is scored with its explanation, whose parts add up', async () => {
    const explained = z
      .object({
        status: z.string(),
        score: z.number().optional(),
        coverage: z.number(),
        metrics: z.array(z.object({ part: z.number().optional() })),
      })
      .parse(await json('score', 'Company_163', '--file', at('p.satchel'), '--as-of', '2024-12-31'));
    expect(explained.status).toBe('known');
    expect(explained.metrics.reduce((sum, metric) => sum + (metric.part ?? 0), 0)).toBe(explained.score);
  });

  test('RSK-05 evaluating risks twice opens nothing twice', async () => {
    const analysed = z.object({ analysed: z.object({ opened: z.number() }), rows: z.array(z.unknown()) });
    const first = analysed.parse(await json('risks', '--file', at('p.satchel'), '--as-of', '2024-12-31'));
    const second = analysed.parse(await json('risks', '--file', at('p.satchel'), '--as-of', '2024-12-31'));
    expect(first.rows.length).toBeGreaterThan(0);
    expect(second.analysed.opened).toBe(0);
    expect(second.rows).toHaveLength(first.rows.length);
  });

  test('ONB-04 importing the same files again changes nothing', async () => {
    const counts = z.object({ counts: z.array(z.object({ create: z.number(), update: z.number() })) });
    const again = counts.parse(await json('import', ...FILES, '--file', at('p.satchel'), '--dry-run'));
    expect(again.counts.reduce((sum, { create, update }) => sum + create + update, 0)).toBe(0);
  });

  test('INT-06 records are queried by a condition and exported', async () => {
    const rows = z
      .array(z.object({ name: z.string(), industry: z.string() }))
      .parse(await json('query', 'account', '--where', 'industry is FinTech', '--limit', '5', '--file', at('p.satchel')));
    expect(rows).toHaveLength(5);
    expect(rows.every((row) => row.industry === 'FinTech')).toBe(true);
    expect((await satchel('export', 'account', '--to', at('a.csv'), '--file', at('p.satchel'))).exit).toBe(0);
    expect((await readFile(at('a.csv'), 'utf8')).trimEnd().split('\n')).toHaveLength(501);
  });

  test('INT-06 a wrong condition is refused with its place', async () => {
    const ran = await satchel('query', 'account', '--where', 'industrie is FinTech', '--file', at('p.satchel'));
    expect(ran.exit).toBe(3);
    expect(ran.err).toContain('industrie');
  });

  test('DSK-03 a truncated, an altered and a foreign file are refused by name of the damage, and nothing is written', async () => {
    const sound = await readFile(at('p.satchel'));
    const cut = sound.subarray(0, sound.length - 100);
    await writeFile(at('cut.satchel'), cut);
    const altered = Buffer.from(sound);
    altered[5000] = (altered[5000] ?? 0) ^ 1;
    await writeFile(at('altered.satchel'), altered);
    for (const [name, words] of [
      ['cut.satchel', 'cut off'],
      ['altered.satchel', 'altered'],
    ] as const) {
      for (const command of [
        ['verify', at(name)],
        ['report', 'portfolio', '--file', at(name)],
        ['risks', '--file', at(name)],
      ]) {
        const ran = await satchel(...command, '--json');
        expect(ran.exit).toBe(3);
        const { error } = failureSchema.parse(JSON.parse(ran.err));
        expect(error.message).toContain(words);
        expect(error.details?.file).toBe(at(name));
      }
    }
    expect(await readFile(at('cut.satchel'))).toEqual(Buffer.from(cut));
    expect((await satchel('verify', at('p.satchel'))).exit).toBe(0);
    expect((await satchel('verify', FILES[0] ?? '')).err).toContain('not a Satchel portfolio');
  });

  test('DSK-03 a file is protected by its passphrase through a round trip', async () => {
    await writeFile(at('one.csv'), 'account_id,account_name,industry\nA-1,Northgate,Retail\n');
    expect((await satchel('import', at('one.csv'), '--out', at('sealed.satchel'), '--passphrase', 'open sesame')).exit).toBe(0);
    const without = await satchel('query', 'account', '--file', at('sealed.satchel'));
    expect(without.exit).toBe(3);
    expect(without.err).toContain('passphrase');
    const rows = await json('query', 'account', '--file', at('sealed.satchel'), '--passphrase', 'open sesame');
    expect(rows).toMatchObject([{ name: 'Northgate' }]);
  });

  test('ONB-05 a bad row is held back with its line and column, and --strict tells scripts', async () => {
    await writeFile(at('bad.csv'), 'ticket_id,account_id,submitted_at,priority\nT-1,A-1,2024-05-01,high\nT-2,A-1,2024-13-45,high\n');
    await writeFile(at('acc.csv'), 'account_id,account_name,industry\nA-1,Northgate,Retail\n');
    const ran = await satchel('import', at('acc.csv'), at('bad.csv'), '--out', at('b.satchel'), '--strict');
    expect(ran.exit).toBe(4);
    expect(ran.out).toMatch(/bad\.csv:3 submitted_at: error: /);
  });

  test('INT-06 wrong use and missing files end with their own exit codes and say what would be right', async () => {
    expect((await satchel('frobnicate')).exit).toBe(2);
    expect((await satchel('query')).err).toContain('satchel query TABLE');
    expect((await satchel('query', 'unicorn', '--file', at('p.satchel'))).exit).toBe(2);
    expect((await satchel('report', 'portfolio', '--as-of', 'yesterday', '--file', at('p.satchel'))).exit).toBe(2);
    const missing = await satchel('report', 'portfolio', '--file', at('none.satchel'));
    expect(missing.exit).toBe(3);
    expect(missing.err).toContain('there is no such portfolio file');
    expect((await satchel('import', at('none.csv'), '--out', at('x.satchel'))).exit).toBe(3);
  });

  test('INT-06 help and templates come from the table dictionary', async () => {
    expect((await satchel('help', 'engagement')).out).toContain('Perceived health');
    expect((await satchel('template', 'account')).out.split('\n')[0]).toContain('Name');
  });
});
