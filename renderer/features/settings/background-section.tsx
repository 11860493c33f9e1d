import { Button } from '@mantine/core';
import { useState } from 'react';

/** How reminders come on this device while Satchel is open: as notifications, where the browser lets it (TCH-10). */
export function BackgroundSettings() {
  const [permission, setPermission] = useState(() => (typeof Notification === 'undefined' ? 'denied' : Notification.permission));
  if (permission === 'granted') return <span>They come as notifications while Satchel is open.</span>;
  if (permission === 'denied') return <span>They stand in the window while Satchel is open.</span>;
  return (
    <div>
      <Button onClick={() => void Notification.requestPermission().then(setPermission)}>Let the browser show reminders</Button>
    </div>
  );
}
