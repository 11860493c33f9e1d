import { z } from 'zod';

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const coordinate = z.number().int().min(-100_000).max(100_000);
const length = z.number().int().min(1).max(100_000);

/** What is kept of the window from one start to the next, in device-independent pixels, and how it looks. */
export const windowStateSchema = z.strictObject({
  bounds: z.strictObject({ x: coordinate, y: coordinate, width: length, height: length }).optional(),
  maximized: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether Satchel goes on in the tray when its window is closed; absent: yes. */
  keepRunning: z.boolean().optional(),
  /** Whether the shortcut that logs a call is heard everywhere; absent: yes. */
  shortcut: z.boolean().optional(),
});
export type WindowState = z.infer<typeof windowStateSchema>;
export type ThemeChoice = WindowState['theme'];

export const FIRST_STATE: WindowState = { maximized: false, theme: 'system' };
export const MIN_SIZE = { width: 960, height: 600 };
const WANTED = { width: 1400, height: 900 };
/** So much of the window's top has to be on a display, or it cannot be dragged back. */
const GRIP = { width: 120, height: 40 };

function overlap(a: Rectangle, b: Rectangle): { readonly width: number; readonly height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}

function centred(area: Rectangle, size: { readonly width: number; readonly height: number }): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return { x: area.x + Math.floor((area.width - width) / 2), y: area.y + Math.floor((area.height - height) / 2), width, height };
}

/**
 * Where to open the window: where it was, as long as its top can be reached on a display of now (`areas`: their free areas,
 * the main one first); else in the middle of the main one, no larger than that.
 */
export function windowBounds(kept: Rectangle | undefined, areas: readonly Rectangle[]): Rectangle {
  const main = areas[0] ?? { x: 0, y: 0, ...WANTED };
  if (kept === undefined) return centred(main, WANTED);
  const size = { width: Math.max(kept.width, MIN_SIZE.width), height: Math.max(kept.height, MIN_SIZE.height) };
  const top = { ...kept, ...size, height: GRIP.height };
  const reachable = areas.some((area) => {
    const { width, height } = overlap(top, area);
    return width >= GRIP.width && height >= GRIP.height && kept.y >= area.y;
  });
  return reachable ? { x: kept.x, y: kept.y, ...size } : centred(main, size);
}
