// A page of the browser host without a screen: what a tab asks, tests ask through `window.tab`.
import type { EngineClient } from '#shared/contract/client/client.ts';
import { connectEngine } from '../../../renderer/data/connect.ts';

export type Tab = {
  readonly client: EngineClient;
  /** Results of the live query, as they came. */
  readonly heard: string[];
  /** Answers and refusals of commands, as they came. */
  readonly answers: string[];
  /** What the test's own worker told past the engine. */
  readonly notices: string[];
};

const client = connectEngine();
const tab: Tab = { client, heard: [], answers: [], notices: [] };
new BroadcastChannel('tabs-test').addEventListener('message', ({ data }: MessageEvent<string>) => tab.notices.push(data));
Object.assign(window, { tab });
