import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { desktopBridge } from '../data/connect.ts';
import { currentActions } from '../state/actions.ts';

/** In Electron: the menu runs the same actions as palette and keys, and the window's frame and dialogs take the page's colours. */
export function useDesktop(): void {
  const { colorScheme } = useMantineColorScheme();
  useEffect(
    () =>
      desktopBridge()?.onMenu((command) =>
        currentActions()
          .find(({ id }) => id === command)
          ?.run(),
      ),
    [],
  );
  useEffect(
    () =>
      desktopBridge()?.onOpen((address) => {
        location.hash = address;
      }),
    [],
  );
  useEffect(() => {
    void desktopBridge()?.os('setTheme', { choice: colorScheme === 'auto' ? 'system' : colorScheme });
  }, [colorScheme]);
}
