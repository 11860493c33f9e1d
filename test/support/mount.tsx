// Puts a component into the page of a browser test, with the look and the providers that it has in the application.
import '@mantine/core/styles.layer.css';
import '../../renderer/ui/tokens.css';
import '../../renderer/ui/global.css';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { cssVariables, theme } from '../../renderer/ui/theme.ts';

/** A component on the page; `show` draws it anew, `unmount` takes it away. */
export type Mounted = { readonly show: (children: ReactNode) => void; readonly unmount: () => void };

/** Mounts into a container of the given size. */
export function mount(
  children: ReactNode,
  size: { readonly width: number; readonly height: number } = { width: 900, height: 500 },
): Mounted {
  const container = document.createElement('div');
  container.style.width = `${size.width}px`;
  container.style.height = `${size.height}px`;
  document.body.append(container);
  const root = createRoot(container);
  const show = (next: ReactNode) =>
    root.render(
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
        {next}
      </MantineProvider>,
    );
  show(children);
  return {
    show,
    unmount: () => {
      root.unmount();
      container.remove();
    },
  };
}
