import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCommand, toolScript } from './tools.ts';

const node = (script: string, options = {}) => runCommand(process.execPath, ['-e', script], options);

test("a program's code and output come back", async () => {
  expect(await node("console.log('out'); console.error('err'); process.exitCode = 3")).toEqual({ code: 3, output: 'out\nerr\n' });
});

test.each([
  ['a program that is not there', () => runCommand('satchel-no-such-program', []), 127],
  ['a program ended by a signal', () => node("process.kill(process.pid, 'SIGKILL')"), 1],
  ['a program that takes too long', () => node('setInterval(() => {}, 1000)', { timeout: 200 }), 1],
])('%s is a failure', async (_, run, code) => {
  expect((await run()).code).toBe(code);
});

test("the scripts that run are this project's own, on this project's Node", () => {
  expect(existsSync(toolScript('@typescript/native', 'tsc'))).toBe(true);
  expect(process.version).toMatch(/^v24\./);
  expect(() => toolScript('no-such-package', 'x')).toThrow('run npm ci');
  expect(() => toolScript('vitest', 'no-such-command')).toThrow('no-such-command');
});
