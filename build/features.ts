// npm run features: which rows of the ledger the last test run proved.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WANTING } from './ledger-wanting.ts';
import { lastResults, type TestResult } from './results.ts';
import { root } from './tools.ts';

/** The IDs of the ledger in its order. */
export function ledgerIds(ledger: string): string[] {
  return [...ledger.matchAll(/^- ([A-Z]{2,3}-\d{2}) /gm)].flatMap(([, id]) => id ?? []);
}

/**
 * One line a row: `BR-07 proven <title of a passing test>`, or `BR-07 none`. A row that a failing test cites is not
 * proven, whatever else passes; nor is one of which a part is still `wanting`.
 */
export function featureLines(ids: string[], results: TestResult[], wanting: Readonly<Record<string, string>> = {}): string[] {
  return ids.map((id) => {
    const citing = results.filter(({ title }) => new RegExp(String.raw`\b${id}\b`).test(title));
    const proof = citing.find(({ outcome }) => outcome === 'passed');
    const broken = citing.some(({ outcome }) => outcome === 'failed');
    return proof === undefined || broken || wanting[id] !== undefined
      ? `${id} none`
      : `${id} proven ${proof.title.replaceAll(/\s+/g, ' ')}`;
  });
}

/** The IDs that passing or failing tests cite although the ledger has no such row. */
export function unknownIds(ids: string[], results: TestResult[]): string[] {
  const areas = new Set(ids.map((id) => id.split('-')[0]));
  const cited = results.flatMap(({ title }) => [...title.matchAll(/\b([A-Z]{2,3})-\d{2}\b/g)]);
  return [...new Set(cited.filter(([id, area]) => areas.has(area) && !ids.includes(id)).map(([id]) => id))];
}

if (import.meta.main) {
  const results = lastResults();
  const ids = ledgerIds(readFileSync(join(root, 'docs', 'ledger.md'), 'utf8'));
  if (results.length === 0) {
    console.log('There are no test results yet: run npm test first.');
    process.exitCode = 1;
  } else {
    for (const line of featureLines(ids, results, WANTING)) console.log(line);
    for (const [id, what] of Object.entries(WANTING)) console.error(`${id} is proven in part; wanting: ${what}`);
    for (const id of unknownIds(ids, results)) console.error(`A test cites ${id}, which is no row of docs/ledger.md`);
  }
}
