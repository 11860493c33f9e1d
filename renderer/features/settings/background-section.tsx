import { Button, Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { desktopBridge } from '../../data/connect.ts';

type State = { readonly keepRunning: boolean; readonly shortcut: boolean };

/** In Electron: what Satchel does without its window (DSK-04). */
function Behind() {
  const [state, setState] = useState<State>();
  useEffect(() => {
    void desktopBridge()
      ?.os('background', {})
      .then((reply) => {
        if (reply.ok) setState(reply.output);
      });
  }, []);
  const change = (part: Partial<State>): void => {
    // what is chosen is shown at once
    setState((before) => before && { ...before, ...part });
    void desktopBridge()
      ?.os('setBackground', part)
      .then((reply) => {
        if (reply.ok) setState(reply.output);
      });
  };
  if (!state) return null;
  return (
    <>
      <Checkbox
        label="Go on in the tray when the window is closed"
        description="Reminders come then, too. File, Quit ends Satchel."
        checked={state.keepRunning}
        onChange={(event) => change({ keepRunning: event.currentTarget.checked })}
      />
      <Checkbox
        label="Ctrl+Alt+L logs a call from any program"
        checked={state.shortcut}
        onChange={(event) => change({ shortcut: event.currentTarget.checked })}
      />
    </>
  );
}

/** In a browser: whether reminders come as its notifications while Satchel is open (TCH-10). */
function BrowserReminders() {
  const [permission, setPermission] = useState(() => (typeof Notification === 'undefined' ? 'denied' : Notification.permission));
  if (permission === 'granted') return <span>Reminders come as notifications of the browser while Satchel is open.</span>;
  if (permission === 'denied') return <span>This browser shows no notifications of Satchel: reminders stand in its window.</span>;
  return <Button onClick={() => void Notification.requestPermission().then(setPermission)}>Let the browser show reminders</Button>;
}

/** How reminders come on this device. */
export function BackgroundSettings() {
  return <div>{desktopBridge() === undefined ? <BrowserReminders /> : <Behind />}</div>;
}
