import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The project's root folder. */
export const root = join(import.meta.dirname, '..');

type Run = { code: number; output: string };

type RunOptions = { cwd?: string; env?: Record<string, string>; show?: boolean; timeout?: number };

/**
 * The script behind a tool's command, so that it can be started with this very Node on every system, without a shell.
 * Throws when the package is not installed or has no such command.
 */
export function toolScript(packageName: string, command: string): string {
  const folder = join(root, 'node_modules', packageName);
  if (!existsSync(folder)) throw new Error(`${packageName} is not installed: run npm ci`);
  // the shape of npm's own manifest
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin?: string | Record<string, string> };
  const script = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command];
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(folder, script);
}

/** Runs a Node script with this Node and answers with its exit code and everything it printed; `show` passes the output through instead. */
export function runScript(script: string, args: string[], options: RunOptions = {}): Promise<Run> {
  return runCommand(process.execPath, [script, ...args], options);
}

/** Runs a program; one that cannot be started answers with code 127, one ended by a signal or after `timeout` ms with code 1. */
export function runCommand(command: string, args: string[], options: RunOptions = {}): Promise<Run> {
  return new Promise((resolve) => {
    const bin = join(root, 'node_modules', '.bin');
    const env = { ...process.env, ...options.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env,
      stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += String(chunk)));
    child.stderr?.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
