// In the page of the application: how long it takes until the planner or a brief is painted, and until a moved touchpoint is.

const MOST_MS = 20_000;

/** Answers when the frame that shows what `isThere` asks for has been painted. */
function painted(isThere: () => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const late = setTimeout(() => reject(new Error('It never came')), MOST_MS);
    const done = () => {
      const { port1, port2 } = new MessageChannel();
      // posted within the frame, it is told after the frame's painting
      port1.addEventListener('message', () => resolve(performance.now() - from), { once: true });
      port1.start();
      requestAnimationFrame(() => port2.postMessage(undefined));
    };
    const watch = new MutationObserver(() => {
      if (!isThere()) return;
      watch.disconnect();
      clearTimeout(late);
      done();
    });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

/** Goes to an address and answers how many milliseconds it took until `selector` was painted. */
export function open(address: string, selector: string): Promise<number> {
  const shown = painted(() => document.querySelector(selector) !== null);
  location.hash = address;
  return shown;
}

/** Moves what stands in a cell by a key and answers how long it took until its link was painted in another one. */
export async function moveBy(key: 'ArrowRight' | 'ArrowLeft', item: string, day: string): Promise<number> {
  const cell = document.querySelector<HTMLElement>(`[data-item="${item}"]`)?.closest<HTMLElement>('[data-column]');
  if (!cell) throw new Error('There is nothing to move');
  cell.focus();
  // the screen has to know where the keyboard is
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const shown = painted(() => document.querySelector(`[data-day="${day}"] [data-item="${item}"]`) !== null);
  cell.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true, bubbles: true, cancelable: true }));
  return shown;
}
