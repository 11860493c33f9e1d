import { useEffect } from 'react';
import { desktopBridge } from '../data/connect.ts';
import { useLive } from '../data/use-live.ts';
import { toastDone } from '../ui/toast.ts';

const KEPT = 'satchel.reminders';
const MOST = 500;

function shownBefore(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((key): key is string => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

/** Notes that a reminder is shown; false where it was, by this tab or another one of the same browser. */
async function claim(key: string): Promise<boolean> {
  return navigator.locks.request(KEPT, () => {
    const shown = shownBefore();
    if (shown.includes(key)) return false;
    localStorage.setItem(KEPT, JSON.stringify([...shown, key].slice(-MOST)));
    return true;
  });
}

/** TCH-10 in a browser, for as long as Satchel is open: by the browser where it may, else in the window. In Electron main does it. */
export function useReminders(): void {
  const isBrowser = desktopBridge() === undefined;
  const due = useLive('reminders.due', isBrowser ? {} : undefined).data?.reminders;
  useEffect(() => {
    for (const { key, title, body, address } of due ?? [])
      void claim(key).then((isNew) => {
        if (!isNew) return;
        if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return toastDone(`${title}: ${body}`);
        const shown = new Notification(title, { body, tag: key });
        shown.addEventListener('click', () => {
          window.focus();
          location.hash = address;
          shown.close();
        });
      });
  }, [due]);
}
