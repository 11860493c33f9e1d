// A rule of our own: every exported function of shared/, main/engine and server/ says what it does, above itself.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tools.ts';

const exportedFunction = /^export (?:(?:async )?function\*? (\w+)|const (\w+) = (?:async )?(?:\(|<\w|\w+ => ))/;

/** The exported functions in a source that have no doc comment right above; of overloads the first counts. */
export function undocumented(source: string): string[] {
  const lines = source.split('\n');
  const seen = new Set<string>();
  return lines.flatMap((line, at) => {
    const match = exportedFunction.exec(line);
    const name = match?.[1] ?? match?.[2];
    // `const x = (…)` may also be a value in parentheses; only an arrow makes it a function
    if (name === undefined || seen.has(name) || (match?.[2] !== undefined && !isArrow(lines, at))) return [];
    seen.add(name);
    return lines[at - 1]?.trimEnd().endsWith('*/') ? [] : [name];
  });
}

function isArrow(lines: string[], at: number): boolean {
  const end = lines.findIndex((line, index) => index >= at && /=>|;\s*$/.test(line));
  return end >= 0 && (lines[end] ?? '').includes('=>');
}

if (import.meta.main) {
  const files = globSync('{shared,main/engine,server}/**/*.ts', { cwd: root }).filter((path) => !/\.(test|d)\.ts$/.test(path));
  const faults = files.flatMap((path) =>
    undocumented(readFileSync(join(root, path), 'utf8')).map((name) => `${path}: ${name} has no doc comment`),
  );
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
