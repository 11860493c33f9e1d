import { expect, test, vi } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { answerOs, type OsHandlers } from './answer.ts';

const theme = { choice: 'dark', dark: true } as const;
const handlers: OsHandlers = {
  openFiles: vi.fn(() => ({ files: [] })),
  saveFile: vi.fn(({ fileName }) => ({ saved: true, fileName })),
  openAttachment: vi.fn(() => ({})),
  saveAttachment: vi.fn(({ name }) => ({ saved: true, fileName: name })),
  openLink: vi.fn(() => {
    throw new AppError('validation', 'Only web pages open.');
  }),
  theme: vi.fn(() => theme),
  setTheme: vi.fn(() => theme),
  background: vi.fn(() => ({ keepRunning: true, shortcut: true })),
  setBackground: vi.fn(() => ({ keepRunning: false, shortcut: true })),
  storage: vi.fn(() => {
    throw new Error('secret path');
  }),
  revealStorage: vi.fn(() => ({})),
  quit: vi.fn(() => ({})),
};

test('a request that fits is answered', async () => {
  expect(await answerOs(handlers, 'theme', {})).toEqual({ ok: true, output: theme });
  const bytes = new Uint8Array([1]);
  expect(await answerOs(handlers, 'saveFile', { fileName: 'risks.csv', bytes })).toEqual({
    ok: true,
    output: { saved: true, fileName: 'risks.csv' },
  });
});

test.each<[unknown, unknown]>([
  ['exec', {}],
  ['constructor', {}],
  ['__proto__', {}],
  [{ toString: () => 'quit' }, {}],
  [undefined, undefined],
  ['quit', { force: true }],
  ['setTheme', { choice: 'pink' }],
  ['openFiles', { purpose: 'import', path: '/etc/passwd' }],
  ['saveFile', { fileName: '../evil', bytes: new Uint8Array() }],
  ['saveFile', { fileName: String.raw`C:\evil`, bytes: new Uint8Array() }],
  ['saveFile', { fileName: 'a\nb', bytes: new Uint8Array() }],
  ['saveFile', { fileName: 'a.csv', bytes: 'text' }],
  ['openLink', { url: 'x'.repeat(3000) }],
])('DSK-06 %s with %j is refused and reaches no handler', async (name, input) => {
  vi.clearAllMocks();
  expect(await answerOs(handlers, name, input)).toMatchObject({ ok: false, error: { code: 'contract' } });
  for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled();
});

test('a refusal says why, an unexpected failure keeps its text to itself', async () => {
  expect(await answerOs(handlers, 'openLink', { url: 'file:///x' })).toMatchObject({
    ok: false,
    error: { message: 'Only web pages open.' },
  });
  const reply = await answerOs(handlers, 'storage', {});
  expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(JSON.stringify(reply)).not.toContain('secret');
});
