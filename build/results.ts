// What the last test runs left behind: vitest's and Playwright's JSON in one shape.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './tools.ts';

/** One test of the last run, with its title including the groups that it stands in. `wavered`: it passed at its second try only. */
export type TestResult = { title: string; outcome: 'passed' | 'failed' | 'skipped'; wavered?: true };

/** Where test runs leave their JSON; not kept in version control. */
export const resultsFolder = join(root, '.cache', 'results');

const vitestReport = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

type Suite = {
  title: string;
  file?: string | undefined;
  suites?: Suite[] | undefined;
  specs?: { title: string; tests: { status: string; results: { status: string }[] }[] }[] | undefined;
};

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    title: z.string(),
    file: z.string().optional(),
    suites: z.array(suite).optional(),
    specs: z
      .array(
        z.object({
          title: z.string(),
          tests: z.array(z.object({ status: z.string(), results: z.array(z.object({ status: z.string() })) })),
        }),
      )
      .optional(),
  }),
);

const playwrightReport = z.object({ suites: z.array(suite), errors: z.array(z.object({ message: z.string().optional() })) });

function fromVitest(report: z.infer<typeof vitestReport>): TestResult[] {
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.map((test): TestResult => {
      if (test.status === 'passed') return { title: test.fullName, outcome: 'passed' };
      return { title: test.fullName, outcome: test.status === 'failed' ? 'failed' : 'skipped' };
    });
    // a file that could not be loaded has no tests, and is a failure of its own
    const lost = status === 'failed' && !tests.some(({ outcome }) => outcome === 'failed');
    return lost ? [...tests, { title: `${name} could not be run`, outcome: 'failed' }] : tests;
  });
}

function fromSuite({ title, suites, specs }: Suite, groups: string[]): TestResult[] {
  const inside = [...groups, title].filter((part) => part !== '');
  const own = (specs ?? []).flatMap((spec) =>
    spec.tests.map((test): TestResult => {
      const full = [...inside, spec.title].join(' ');
      // "expected" also covers a test that is declared to fail, which proves nothing
      if (test.status === 'expected') return { title: full, outcome: test.results.at(-1)?.status === 'passed' ? 'passed' : 'failed' };
      // only where the configuration allows a second try (ADR 0014)
      if (test.status === 'flaky') return { title: full, outcome: 'passed', wavered: true };
      return { title: full, outcome: test.status === 'skipped' ? 'skipped' : 'failed' };
    }),
  );
  return [...own, ...(suites ?? []).flatMap((inner) => fromSuite(inner, inside))];
}

function fromPlaywright({ suites, errors }: z.infer<typeof playwrightReport>): TestResult[] {
  // the outermost suites are files: their names are no part of a title
  const tests = suites.flatMap((file) => fromSuite({ ...file, title: '' }, []));
  const broken = errors.map(({ message }): TestResult => ({ title: `the run broke: ${message ?? 'unknown error'}`, outcome: 'failed' }));
  return [...tests, ...broken];
}

/** Reads one report of either tool; throws when it is neither. */
export function readReport(text: string): TestResult[] {
  const json: unknown = JSON.parse(text);
  const vitest = vitestReport.safeParse(json);
  if (vitest.success) return fromVitest(vitest.data);
  return fromPlaywright(playwrightReport.parse(json));
}

/** All results of the last runs; empty when no test has been run. */
export function lastResults(folder: string = resultsFolder): TestResult[] {
  if (!existsSync(folder)) return [];
  return globSync('*.json', { cwd: folder }).flatMap((name) => readReport(readFileSync(join(folder, name), 'utf8')));
}

/** The line that sums a run up, `N passed, N failed`, with what was skipped where anything was. */
export function summary(results: TestResult[]): string {
  const count = (outcome: TestResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const skipped = count('skipped');
  return `${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A line for each test that needed a second try: it passed, and is to be mended all the same. */
export function waverers(results: TestResult[]): string[] {
  return results.filter(({ wavered }) => wavered === true).map(({ title }) => `passed at the second try only, to be mended: ${title}`);
}
