// The licences of the libraries that are bundled into the application: they ask to go along with it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A library in a bundle. `text` is empty where the package brings no licence file along. */
export type Library = { name: string; version: string; licence: string; text: string };

/** The folder of the package that a bundled module is from; undefined for our own modules and the bundler's helpers. */
export function packageFolder(moduleId: string): string | undefined {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

function read(folder: string): Library {
  // npm's own manifest; `license` may be missing
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  return { name: String(name), version: String(version), licence: typeof license === 'string' ? license : 'unknown', text };
}

/** The libraries that the modules are from, by name. */
export function librariesOf(moduleIds: string[]): Library[] {
  const folders = new Set(moduleIds.flatMap((id) => packageFolder(id) ?? []));
  return [...folders]
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map(read)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The text that goes into the package. */
export function licenceText(libraries: Library[]): string {
  const parts = libraries.map(
    ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text || 'The package brings no text along.'}`,
  );
  return `${['Libraries in this part of Satchel, and their licences.', ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
