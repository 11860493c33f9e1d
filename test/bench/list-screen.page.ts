// In the page of the application: how long it takes until a list is painted, and its frames while it scrolls.

/** Goes to the list of touchpoints and answers how many milliseconds it took until its rows were painted. */
export function openList(): Promise<number> {
  return new Promise((resolve) => {
    const from = performance.now();
    // the frame with the rows is on the screen when the one after it begins
    const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - from)));
    const watch = new MutationObserver(() => {
      const grid = document.querySelector('[role="grid"][aria-label="Touchpoints"][aria-busy="false"]');
      const shown = grid?.querySelector('[data-row="0"] > [data-column="1"]')?.textContent ?? '';
      if (shown === '') return;
      watch.disconnect();
      painted();
    });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    location.hash = '#/records/touchpoint';
  });
}

/** Lengths of frames and of long tasks in milliseconds, and in how many frames a row had not come yet. */
type Frames = { readonly frames: number[]; readonly long: number[]; readonly waiting: number };

/** Scrolls the list by so many pixels a frame for so many frames, back from its end. */
export function scroll(by: number, most: number): Promise<Frames> {
  return new Promise((resolve, reject) => {
    const grid = document.querySelector('[role="grid"]');
    if (grid === null) return reject(new Error('There is no list'));
    const long: number[] = [];
    const watch = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
    watch.observe({ type: 'longtask' });
    const frames: number[] = [];
    let waiting = 0;
    let step = by;
    let last: number | undefined;
    const next = (now: number) => {
      if (last !== undefined) frames.push(now - last);
      last = now;
      if (grid.querySelector('[data-row] [data-waiting]') !== null) waiting += 1;
      if (frames.length === most) {
        watch.disconnect();
        return resolve({ frames, long, waiting });
      }
      const before = grid.scrollTop;
      grid.scrollTop += step;
      if (grid.scrollTop === before) step = -step;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}
