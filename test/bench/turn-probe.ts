// How long the engine's thread answers nobody: a timer in its worker that says how late it came.

/** The script of a worker that runs the built engine beside the probe; it answers `take` on its channel with the delays since then. */
export const PROBE_WORKER = `
const channel = new BroadcastChannel('turn-probe');
const EVERY = 5;
const ABOVE = 20;
let due = performance.now() + EVERY;
let longest = 0;
let blocks = [];
const tick = () => {
  const now = performance.now();
  const late = now - due;
  if (late > longest) longest = late;
  if (late > ABOVE) blocks.push([performance.timeOrigin + now, late]);
  due = now + EVERY;
  setTimeout(tick, EVERY);
};
channel.onmessage = ({ data }) => {
  if (data === 'there') channel.postMessage('here');
  if (data !== 'take') return;
  channel.postMessage({ longest, blocks });
  longest = 0;
  blocks = [];
};
tick();
import './worker.js';
`;

/** The longest time without a turn, and every one above 20 ms with the moment (milliseconds since 1970) at which it ended. */
export type Delays = { readonly longest: number; readonly blocks: readonly (readonly [at: number, milliseconds: number])[] };

/** Asks the probe in the page's worker for the delays since it was last asked; waits for a worker that is just being started. */
export function takeDelays(): Promise<Delays> {
  const channel = new BroadcastChannel('turn-probe');
  return new Promise((resolve) => {
    let asked = false;
    const asking = setInterval(() => channel.postMessage('there'), 20);
    channel.onmessage = ({ data }: MessageEvent<Delays | 'here'>) => {
      clearInterval(asking);
      if (data !== 'here') {
        channel.close();
        resolve(data);
      } else if (!asked) {
        asked = true;
        channel.postMessage('take');
      }
    };
  });
}
