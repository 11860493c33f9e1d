import { useMantineColorScheme } from '@mantine/core';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../data/use-live.ts';
import { useSync } from '../data/use-sync.ts';
import { useUndo } from '../data/use-undo.ts';
import { useActions, type Action } from '../state/actions.ts';
import { awaitTyping } from '../state/early-typing.ts';
import { useLayout } from '../state/layout.ts';
import { lastAddress, rememberAddress } from '../state/places.ts';
import { SkeletonLines } from '../ui/skeleton.tsx';
import { Toaster } from '../ui/toaster.tsx';
import { useDialogs } from './dialogs.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Footer } from './footer.tsx';
import { useKeyDispatcher } from './key-dispatcher.ts';
import { KeysHelp } from './keys-help.tsx';
import { OfferKey } from './offer-key.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { SCREENS } from './screens.ts';
import names from './shell.module.css';
import { UndoProgress } from './undo-progress.tsx';
import { TopBar } from './top-bar.tsx';
import { useDesktop } from './use-desktop.ts';
import { useReminders } from './use-reminders.ts';
import { useReadyScreens } from './use-ready-screens.ts';
import { useSyncActions } from './use-sync-actions.ts';

const LogCall = lazy(async () => ({ default: (await import('../features/calls/log-call.tsx')).LogCall }));

const ErasedNotice = lazy(async () => ({ default: (await import('../features/sync/erased-notice.tsx')).ErasedNotice }));

const MyChanges = lazy(async () => ({ default: (await import('../features/undo/my-changes.tsx')).MyChanges }));

/** The screen that an address belongs to: what the rail and "where I left it" go by. */
function screenOf(path: string): string {
  const [, first = '', second] = path.split('/');
  return first === 'records' && second !== undefined ? `/records/${second}` : `/${first}`;
}

function useShellActions(logTouchpoint: () => void): void {
  const navigate = useNavigate();
  const show = useDialogs((state) => state.show);
  const { undo, redo } = useUndo();
  const { setColorScheme } = useMantineColorScheme();
  const setDensity = useLayout((layout) => layout.setDensity);
  const actions = useMemo<readonly Action[]>(
    () => [
      ...SCREENS.map(({ path, label, icon, keys, words }): Action => ({
        id: `go-${path.slice(1)}`,
        label,
        group: 'Go to',
        icon,
        keys,
        words,
        run: () => {
          // the first words are often typed before the field is there
          if (path === '/search' && document.querySelector('main input[type="search"]') === null) awaitTyping(performance.now());
          void navigate({ href: lastAddress(path) ?? path });
        },
      })),
      {
        id: 'go-unanswered',
        label: 'Unanswered: whom to ask again',
        group: 'Go to',
        icon: 'mail',
        keys: 'g u',
        words: 'chase outreach follow up response waiting silent',
        run: () => void navigate({ to: '/unanswered' }),
      },
      {
        id: 'palette',
        label: 'Search and commands',
        group: 'Do',
        icon: 'search',
        keys: 'ctrl+k',
        keysOnly: true,
        run: () => {
          // who opens it types at once
          awaitTyping(performance.now());
          show('palette');
        },
      },
      {
        id: 'log-touchpoint',
        label: 'Log a call',
        group: 'Do',
        icon: 'phone',
        keys: 'ctrl+l',
        words: 'touchpoint meeting note conversation',
        run: logTouchpoint,
      },
      { id: 'undo', label: 'Undo', group: 'Do', icon: 'undo', keys: 'ctrl+z', words: 'take back', run: () => void undo() },
      { id: 'redo', label: 'Do again', group: 'Do', icon: 'redo', keys: 'ctrl+y', words: 'redo', run: () => void redo() },
      {
        id: 'my-changes',
        label: 'My changes',
        group: 'Do',
        icon: 'history',
        keys: 'ctrl+shift+z',
        words: 'undo redo take back steps history',
        run: () => show('changes'),
      },
      { id: 'back', label: 'Back', group: 'Go to', icon: 'chevronLeft', keys: 'alt+arrowleft', run: () => history.back() },
      { id: 'keys', label: 'Keys', group: 'View', icon: 'keyboard', keys: '?', words: 'help shortcuts', run: () => show('keys') },
      { id: 'light', label: 'Light colours', group: 'View', icon: 'sun', words: 'theme', run: () => setColorScheme('light') },
      { id: 'dark', label: 'Dark colours', group: 'View', icon: 'moon', words: 'theme', run: () => setColorScheme('dark') },
      { id: 'system', label: 'Colours as the system', group: 'View', icon: 'auto', words: 'theme', run: () => setColorScheme('auto') },
      { id: 'compact', label: 'Compact rows', group: 'View', icon: 'list', words: 'density', run: () => setDensity('compact') },
      { id: 'comfortable', label: 'Comfortable rows', group: 'View', icon: 'list', words: 'density', run: () => setDensity('comfortable') },
    ],
    [navigate, show, undo, redo, setColorScheme, setDensity, logTouchpoint],
  );
  useActions(actions);
}

/** Everything around a screen. */
export function Shell() {
  const location = useRouterState({ select: (state) => state.location });
  const [logging, setLogging] = useState(false);
  const loggedFrom = useRef<Element | null>(null);
  const logTouchpoint = useMemo(
    () => () => {
      loggedFrom.current ??= document.activeElement;
      setLogging(true);
    },
    [],
  );
  // it is loaded when it is first needed, so it cannot give the focus back itself
  useEffect(() => {
    if (logging || loggedFrom.current === null) return;
    const from = loggedFrom.current;
    loggedFrom.current = null;
    if (from instanceof HTMLElement && from.isConnected && from !== document.body) from.focus();
    else document.querySelector<HTMLElement>('main h1')?.focus();
  }, [logging]);
  const { open, show } = useDialogs();
  const changes = open === 'changes';
  const erased = useLive('sync.erased', {}).data?.erased;
  useKeyDispatcher();
  useDesktop();
  useReminders();
  useReadyScreens();
  useSyncActions(useSync()?.state);
  useShellActions(logTouchpoint);
  useEffect(() => rememberAddress(screenOf(location.pathname), location.href), [location]);

  return (
    <div className={names.shell}>
      <a href="#main" className={names.skip} onClick={(event) => skipToMain(event)}>
        Skip to the screen
      </a>
      <Rail />
      <div className={names.column}>
        <TopBar onLogTouchpoint={logTouchpoint} />
        <main id="main" tabIndex={-1} className={names.main}>
          <ErrorBoundary resetKey={location.href}>
            <Suspense
              fallback={
                <div className={names.waiting}>
                  <SkeletonLines label="Loading the screen" lines={6} />
                </div>
              }
            >
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
        <Footer />
      </div>
      <Toaster />
      <OfferKey />
      <Palette />
      <KeysHelp />
      <UndoProgress />
      {changes && (
        <Suspense fallback={null}>
          <MyChanges onClose={() => show(undefined)} />
        </Suspense>
      )}
      {erased && (
        <Suspense fallback={null}>
          <ErasedNotice erased={erased} />
        </Suspense>
      )}
      {logging && (
        <Suspense fallback={null}>
          <LogCall onClose={() => setLogging(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** The address after # is the screen's, so the link must not change it. */
function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}
