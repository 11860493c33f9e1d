// Applies the layer law and fails when dependency-cruiser saw fewer modules than there are.
import { globSync } from 'node:fs';
import { sep } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { forbidden } from './layer-rules.ts';

const layers = ['shared', 'main', 'preload', 'renderer', 'server', 'build', 'test'];

/** Every module of ours below `base`, with `/` between folders. */
function sourcesOf(base: string): string[] {
  return globSync(`{${layers.join(',')}}/**/*.{ts,tsx}`, { cwd: base })
    .map((path) => path.replaceAll(sep, '/'))
    .filter((path) => !path.endsWith('.d.ts') && !path.startsWith('test/fixtures/'));
}

/** dependency-cruiser passes over what it cannot parse, and then finds no fault: one line for each source it did not see. */
export function notLookedAt(sources: string[], seen: string[]): string[] {
  const known = new Set(seen);
  return sources.filter((source) => !known.has(source)).map((source) => `${source}: was not looked at, so its imports are unknown`);
}

/** Checks the layer law below `base` and answers with one line per fault; no line means the law is kept. */
export async function layerFaults(base: string): Promise<string[]> {
  const sources = sourcesOf(base);
  if (sources.length === 0) return ['no sources were found'];
  const result = await cruise(
    sources,
    {
      baseDir: base,
      ruleSet: { forbidden },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'types', 'default'],
        extensions: ['.ts', '.tsx', '.js', '.json', '.css', '.d.ts'],
      },
    },
    {},
    { tsConfig: extractTsConfig(`${import.meta.dirname}/../tsconfig.base.json`) },
  );
  // without a reporter, cruise answers with the result as an object
  const { modules, summary } = result.output as ICruiseResult;
  const seen = modules.map((module) => module.source);
  return [...notLookedAt(sources, seen), ...summary.violations.map(({ rule, from, to }) => `${from} → ${to}: ${rule.name}`)];
}

if (import.meta.main) {
  const faults = await layerFaults(`${import.meta.dirname}/..`);
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
