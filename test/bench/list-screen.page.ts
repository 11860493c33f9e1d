// In the page of the application: how long it takes until a list is painted, and its frames while it scrolls. In an empty page: the same of a list
// of nothing but text.

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

const ROW_HEIGHT = 34;
const BARE_ROWS = 26;
const BARE_CELLS = 11;

/** What no list could do without: in place of the page a list of as many rows and columns, whose texts follow the scroll position, and nothing else. */
export function bareList(total: number): void {
  const grid = document.createElement('div');
  grid.setAttribute('role', 'grid');
  grid.style.cssText = 'position:fixed;inset:200px 0 0 220px;overflow:auto;contain:strict;font:13px sans-serif';
  const sizer = document.createElement('div');
  sizer.style.cssText = `position:relative;width:1580px;height:${total * ROW_HEIGHT}px`;
  const rows = Array.from({ length: BARE_ROWS }, () => {
    const row = document.createElement('div');
    row.style.cssText = `position:absolute;top:0;left:0;width:100%;height:${ROW_HEIGHT}px;display:flex;contain:strict;border-bottom:1px solid #ddd`;
    const texts = Array.from({ length: BARE_CELLS }, () => {
      const cell = document.createElement('div');
      cell.style.cssText = 'flex:1;overflow:hidden;white-space:nowrap';
      const text = document.createTextNode('');
      cell.append(text);
      row.append(cell);
      return text;
    });
    return { row, texts };
  });
  sizer.append(...rows.map(({ row }) => row));
  grid.append(sizer);
  const draw = () => {
    const first = Math.floor(grid.scrollTop / ROW_HEIGHT);
    for (const [at, { row, texts }] of rows.entries()) {
      row.style.transform = `translateY(${(first + at) * ROW_HEIGHT}px)`;
      for (const [column, text] of texts.entries()) text.data = `Row ${first + at} column ${column}`;
    }
  };
  grid.addEventListener('scroll', draw, { passive: true });
  document.body.replaceChildren(grid);
  draw();
}
