import { expect, test, vi } from 'vitest';
import { trayMenu } from './tray-menu.ts';

test('DSK-04 the tray opens the window, its day and its week, logs a call and quits', () => {
  const acts = { show: vi.fn(), open: vi.fn(), logCall: vi.fn(), quit: vi.fn() };
  const items = trayMenu(acts);
  const press = (label: string): void => {
    const item = items.find((one) => one.label === label);
    // an entry of ours needs nothing of what Electron hands over
    (item?.click as (() => void) | undefined)?.();
  };
  for (const { label } of items) if (label !== undefined) press(label);
  expect(acts.show).toHaveBeenCalledOnce();
  expect(acts.open.mock.calls).toEqual([['/today'], ['/planner']]);
  expect(acts.logCall).toHaveBeenCalledOnce();
  expect(acts.quit).toHaveBeenCalledOnce();
});
