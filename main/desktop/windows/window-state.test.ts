import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MIN_SIZE, windowBounds, windowStateSchema, type Rectangle } from './window-state.ts';

const main: Rectangle = { x: 0, y: 25, width: 1920, height: 1055 };
const right: Rectangle = { x: 1920, y: 0, width: 2560, height: 1440 };

test.each<[string, Rectangle | undefined, Rectangle[], Rectangle]>([
  ['a first start is centred', undefined, [main], { x: 260, y: 102, width: 1400, height: 900 }],
  ['a small display is filled', undefined, [{ x: 0, y: 0, width: 1280, height: 720 }], { x: 0, y: 0, width: 1280, height: 720 }],
  ['it opens where it was', { x: 50, y: 60, width: 1000, height: 700 }, [main], { x: 50, y: 60, width: 1000, height: 700 }],
  ['on the second display too', { x: 2000, y: 10, width: 1000, height: 700 }, [main, right], { x: 2000, y: 10, width: 1000, height: 700 }],
  [
    'without that display it is centred',
    { x: 2000, y: 10, width: 1000, height: 700 },
    [main],
    { x: 460, y: 202, width: 1000, height: 700 },
  ],
  ['above the top it cannot be dragged', { x: 50, y: -30, width: 1000, height: 700 }, [main], { x: 460, y: 202, width: 1000, height: 700 }],
  ['too small a window is enlarged', { x: 50, y: 60, width: 10, height: 10 }, [main], { x: 50, y: 60, ...MIN_SIZE }],
  ['without any display there is still a window', undefined, [], { x: 0, y: 0, width: 1400, height: 900 }],
])('DSK-04 %s', (_, kept, areas, expected) => {
  expect(windowBounds(kept, areas)).toEqual(expected);
});

test('DSK-04 whatever was kept, the top of the window can be reached', () => {
  const number = fc.integer({ min: -5000, max: 5000 });
  const rectangle = fc.record({
    x: number,
    y: number,
    width: fc.integer({ min: 1, max: 9000 }),
    height: fc.integer({ min: 1, max: 9000 }),
  });
  fc.assert(
    fc.property(rectangle, (kept) => {
      const { x, y, width } = windowBounds(kept, [main, right]);
      const reached = [main, right].some(
        (area) => y >= area.y && y < area.y + area.height && Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 100,
      );
      expect(reached).toBe(true);
    }),
  );
});

test('DSK-04 what does not fit is not kept', () => {
  expect(windowStateSchema.safeParse({ maximized: true, theme: 'dark', bounds: { x: 0, y: 0, width: -1, height: 5 } }).success).toBe(false);
  expect(windowStateSchema.safeParse({ maximized: true, theme: 'dark' }).success).toBe(true);
});
