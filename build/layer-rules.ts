// The layer law of this project as data: who may import whom. `npm run check` applies it with dependency-cruiser.
import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Tests may reach anywhere: they are not shipped. */
const tests = String.raw`\.test\.tsx?$`;
const layer = (path: string) => ({ path, pathNot: tests });

/** Everything of ours outside the given folders. */
const oursBut = (...allowed: string[]) => ({
  path: '^(shared|main|preload|renderer|server|build|test)/',
  pathNot: allowed.map((folder) => `^${folder}/`),
});

const packages = (...names: string[]) => `(^|/)node_modules/(${names.map((name) => name.replaceAll('/', '\\/')).join('|')})/`;

export const forbidden: IForbiddenRuleType[] = [
  { name: 'shared-imports-shared', severity: 'error', from: layer('^shared/'), to: oursBut('shared') },
  {
    name: 'domain-is-pure',
    comment: 'shared/domain knows the model and nothing else',
    severity: 'error',
    from: layer('^shared/domain/'),
    to: oursBut('shared/domain', 'shared/model', 'shared/util', 'shared/errors'),
  },
  { name: 'engine-imports-shared', severity: 'error', from: layer('^main/engine/'), to: oursBut('main/engine', 'shared') },
  { name: 'desktop-imports-shared', severity: 'error', from: layer('^main/desktop/'), to: oursBut('main/desktop', 'shared') },
  { name: 'cli-imports-engine-and-shared', severity: 'error', from: layer('^main/cli/'), to: oursBut('main/cli', 'main/engine', 'shared') },
  { name: 'server-imports-shared', severity: 'error', from: layer('^server/'), to: oursBut('server', 'shared') },
  { name: 'renderer-imports-shared', severity: 'error', from: layer('^renderer/'), to: oursBut('renderer', 'shared') },
  { name: 'preload-imports-contract', severity: 'error', from: layer('^preload/'), to: oursBut('preload', 'shared/contract') },
  { name: 'build-imports-shared', severity: 'error', from: layer('^build/'), to: oursBut('build', 'shared') },
  {
    name: 'no-import-of-tests',
    severity: 'error',
    from: { path: '^(shared|main|preload|renderer|server|build)/', pathNot: tests },
    to: { path: tests },
  },
  {
    name: 'no-node-outside-node',
    comment: 'the engine, the page and the shared code run where Node is not',
    severity: 'error',
    from: layer('^(shared|main/engine|renderer|preload)/'),
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'electron-in-main-and-preload',
    severity: 'error',
    from: { path: '^(shared|main/engine|main/cli|renderer|server)/', pathNot: tests },
    to: { path: [packages('electron'), '^electron$'] },
  },
  {
    name: 'dexie-in-the-store',
    comment: 'one place knows how rows are kept',
    severity: 'error',
    from: { path: '^(shared|main|preload|renderer|server|build)/', pathNot: ['^main/engine/store/', tests] },
    to: { path: packages('dexie', 'dexie-[^/]+') },
  },
  {
    name: 'indexeddb-in-memory-in-the-node-host',
    severity: 'error',
    from: { path: '^(shared|main|preload|renderer|server|build)/', pathNot: [String.raw`^main/cli/node-host\.ts$`, tests] },
    to: { path: packages('fake-indexeddb') },
  },
  {
    name: 'rpc-client-in-renderer-data',
    comment: 'screens ask through the hooks of renderer/data; the two pages that start a worker watch its heartbeat',
    severity: 'error',
    from: { path: '^renderer/', pathNot: ['^renderer/(data|browser|engine-page)/', tests] },
    to: { path: ['^shared/contract/client/'] },
  },
  {
    name: 'ui-has-no-data',
    severity: 'error',
    from: layer('^renderer/ui/'),
    to: { path: '^renderer/(data|state|features|app)/' },
  },
  {
    name: 'screens-libraries-in-the-renderer',
    severity: 'error',
    from: { path: '^(shared|main|preload|server)/', pathNot: tests },
    to: { path: packages('react', 'react-dom', '@mantine', '@nivo', '@tanstack', 'zustand') },
  },
  { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'no-unresolved',
    comment: 'an import that resolves to nothing also escapes the rules above',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^(vitest|electron|vite)' },
  },
];
