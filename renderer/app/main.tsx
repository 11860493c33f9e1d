import '@mantine/core/styles.layer.css';
import '../ui/tokens.css';
import '../ui/global.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect, useMemo, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ClientProvider } from '../data/client-provider.tsx';
import { connectEngine } from '../data/connect.ts';
import { useWorkspace } from '../data/use-workspace.ts';
import { useLayout } from '../state/layout.ts';
import { DensityContext } from '../ui/density.ts';
import { RatesContext } from '../ui/money-sum.tsx';
import { cssVariables, theme } from '../ui/theme.ts';
import { shareNonce, styleNonce } from './nonce.ts';
import { router } from './routes.tsx';

const colours = localStorageColorSchemeManager({ key: 'satchel.colours' });

/** Hands the rates of the settings on to every sum of money. */
function MoneyRates({ children }: { children: ReactNode }) {
  const settings = useWorkspace()?.settings;
  const rates = useMemo(() => settings && { currency: settings.currency, rates: settings.rates, of: settings.ratesOf }, [settings]);
  return <RatesContext value={rates}>{children}</RatesContext>;
}

/** Hands the density on to lists, forms and the style sheet. */
function Density({ children }: { children: ReactNode }) {
  const density = useLayout((layout) => layout.density);
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  return <DensityContext value={density}>{children}</DensityContext>;
}

shareNonce();
// a file that is dropped beside a place for files would replace this page
for (const event of ['dragover', 'drop'] as const) window.addEventListener(event, (dropped) => dropped.preventDefault());
const client = connectEngine();
const container = document.querySelector('#root');
if (container) {
  createRoot(container).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colours}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <ClientProvider client={client}>
          <Density>
            <MoneyRates>
              <RouterProvider router={router} />
            </MoneyRates>
          </Density>
        </ClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
