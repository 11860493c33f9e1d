import { Notification } from 'electron';
import type { ReminderMessage } from '#shared/contract/reminder-protocol.ts';

/** What is on screen, so that it is not collected before it was clicked. */
const open = new Set<Notification>();

/** Shows a reminder as the system does; a click opens what it is about. */
export function showReminder({ title, body, address }: ReminderMessage, openAddress: (address: string) => void): void {
  if (!Notification.isSupported()) throw new Error('This system shows no notifications');
  const notification = new Notification({ title, body });
  open.add(notification);
  notification.on('click', () => {
    open.delete(notification);
    openAddress(address);
  });
  notification.on('close', () => open.delete(notification));
  notification.show();
}
