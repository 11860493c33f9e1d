// Starts a Chromium on a page that runs commands, kills it without warning, and starts it again on the same profile.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumArgs, findShell } from '../../build/chromium.ts';
import { servePage } from './page-server.ts';
import type { Permit, Saying } from './sayings.ts';

/** Commands that a page may run before it asks again. */
const PERMITTED = 20;
/** A page that says nothing for so long is stuck. */
const SILENCE_MS = 120_000;

export type Outcome = {
  readonly kills: number;
  /** Kills that came while commands were under way. */
  readonly underWay: number;
  readonly commands: number;
  readonly faults: readonly string[];
};

type Conversation = { readonly url: string; readonly heard: (listener: (saying: Saying) => Permit) => void; readonly close: () => void };

async function converse(): Promise<Conversation> {
  let listen: (saying: Saying) => Permit = () => ({ upTo: 0, last: false });
  const server = await servePage('test/faults/commands.page.ts', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/say') return void response.writeHead(404).end();
      const saying = JSON.parse(Buffer.concat(chunks).toString()) as Saying; // our own page says nothing else
      response.end(JSON.stringify(listen(saying)));
    });
  });
  return {
    ...server,
    heard: (listener) => {
      listen = listener;
    },
  };
}

/** Starts a Chromium without windows on a page, in a process group of its own. */
export function launch(profile: string, url: string): ChildProcess {
  const args = [
    '--headless=new',
    `--user-data-dir=${profile}`,
    '--disable-extensions',
    '--no-default-browser-check',
    ...chromiumArgs(),
    url,
  ];
  // a process group of its own, so that all of it is killed at once
  return spawn(findShell(), args, { detached: true, stdio: 'ignore' });
}

/** Ends a Chromium and everything of it without warning. */
export async function kill(browser: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => browser.once('exit', resolve));
  if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL');
  await gone;
}

/** Kills a Chromium `kills` times at moments that `random` (0…1) chooses; answers what was found afterwards. */
export async function killAgainAndAgain(kills: number, random: () => number): Promise<Outcome> {
  const profile = mkdtempSync(join(tmpdir(), 'satchel-kill-'));
  const conversation = await converse();
  const faults: string[] = [];
  let acknowledged = 0;
  let permitted = 0;
  let underWay = 0;
  let browser: ChildProcess | undefined;

  /** One life of a browser: until it is killed or, the last time, until it has compared. */
  const live = (last: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      let timer = setTimeout(() => reject(new Error('the page fell silent')), SILENCE_MS);
      const after = (milliseconds: number, then: () => void) => {
        clearTimeout(timer);
        timer = setTimeout(then, milliseconds);
      };
      conversation.heard((saying) => {
        switch (saying.kind) {
          case 'opened':
            faults.push(...saying.faults);
            if (saying.seq < acknowledged) faults.push(`command ${acknowledged} was acknowledged, but the store ends with ${saying.seq}`);
            if (saying.seq > permitted) faults.push(`the store ends with ${saying.seq}, but only ${permitted} commands were ever run`);
            acknowledged = saying.seq;
            // often while commands run, at times while the store is still being opened next time
            if (!last) after(20 + 380 * random(), resolve);
            break;
          case 'asks':
            permitted = Math.max(permitted, saying.from + PERMITTED - 1);
            break;
          case 'done':
            acknowledged = Math.max(acknowledged, saying.n);
            break;
          case 'compared':
            faults.push(...saying.faults);
            after(0, resolve);
            break;
          case 'broke':
            after(0, () => reject(new Error(saying.why)));
        }
        return { upTo: permitted, last };
      });
      browser = launch(profile, conversation.url);
      browser.once('exit', () => after(0, () => reject(new Error('Chromium ended by itself'))));
    });

  try {
    for (let round = 0; round < kills; round += 1) {
      await live(false);
      if (acknowledged < permitted) underWay += 1;
      browser?.removeAllListeners('exit');
      if (browser !== undefined) await kill(browser);
    }
    await live(true);
    return { kills, underWay, commands: acknowledged, faults };
  } finally {
    browser?.removeAllListeners('exit');
    if (browser?.exitCode === null && browser.signalCode === null) await kill(browser);
    conversation.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
