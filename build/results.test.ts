import { expect, test } from 'vitest';
import { readReport, summary, waverers } from './results.ts';

const vitestReport = (status: string, assertionResults: { fullName: string; status: string }[]) =>
  JSON.stringify({ success: status === 'passed', testResults: [{ name: '/x/a.test.ts', status, assertionResults }] });

const playwrightReport = (specs: unknown[], errors: unknown[] = []) =>
  JSON.stringify({ suites: [{ title: 'first.spec.ts', file: 'first.spec.ts', specs: [], suites: [{ title: 'import', specs }] }], errors });

test("vitest's outcomes are read", () => {
  const report = vitestReport('failed', [
    { fullName: 'BR-01 a', status: 'passed' },
    { fullName: 'BR-02 b', status: 'failed' },
    { fullName: 'BR-03 c', status: 'pending' },
    { fullName: 'BR-04 d', status: 'todo' },
  ]);
  expect(readReport(report).map(({ outcome }) => outcome)).toEqual(['passed', 'failed', 'skipped', 'skipped']);
});

test('a file that could not be loaded is a failure', () => {
  expect(summary(readReport(vitestReport('failed', [])))).toBe('0 passed, 1 failed');
});

test("Playwright's outcomes are read, with groups in the title and without the file's name", () => {
  const spec = (title: string, status: string, ...results: string[]) => ({
    title,
    tests: [{ status, results: results.map((result) => ({ status: result })) }],
  });
  const report = playwrightReport([
    spec('ONB-10 works', 'expected', 'passed'),
    spec('fails', 'unexpected', 'failed'),
    spec('wavers', 'flaky', 'failed', 'passed'),
    spec('left out', 'skipped', 'skipped'),
    spec('is declared to fail', 'expected', 'failed'),
  ]);
  expect(waverers(readReport(report))).toEqual(['passed at the second try only, to be mended: import wavers']);
  expect(readReport(report)).toEqual([
    { title: 'import ONB-10 works', outcome: 'passed' },
    { title: 'import fails', outcome: 'failed' },
    { title: 'import wavers', outcome: 'passed', wavered: true },
    { title: 'import left out', outcome: 'skipped' },
    { title: 'import is declared to fail', outcome: 'failed' },
  ]);
});

test('a run of Playwright that broke is a failure', () => {
  expect(summary(readReport(playwrightReport([], [{ message: 'no such file' }])))).toBe('0 passed, 1 failed');
});

test('what is neither report is refused', () => {
  expect(() => readReport('{"a":1}')).toThrow();
});

test('the summary names what was skipped only where anything was', () => {
  expect(summary([{ title: 'a', outcome: 'passed' }])).toBe('1 passed, 0 failed');
  expect(summary([{ title: 'a', outcome: 'skipped' }])).toBe('0 passed, 0 failed, 1 skipped');
});
