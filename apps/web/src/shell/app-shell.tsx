import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { meQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Problem } from '../ui/states.js';
import { Toasts } from '../ui/toasts.js';
import { KeyboardHelp } from './keyboard-help.js';
import { usePaletteKey, useShortcuts } from './shortcuts.js';
import { SideNavigation } from './side-navigation.js';
import { TopBar } from './top-bar.js';

const Palette = lazy(() => import('./palette.js').then(({ Palette: component }) => ({ default: component })));

/** What stands around every page. Nothing of it is shown before it is known who looks. */
export function AppShell() {
  const { shell } = useStrings();
  const me = useQuery(meQuery);
  const navigate = useNavigate();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const main = useFocusAfterMove();
  // Of what is shown: the window's own address is ahead of it while a page's code is on its way.
  const address = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.href });
  const openPalette = useCallback(() => setPaletteOpen(true), []);
  usePaletteKey(openPalette);
  useShortcuts({ '?': () => setHelpOpen(true), '/': openPalette, 'g h': () => void navigate({ to: '/' }), 'g s': () => void navigate({ to: '/search' }) });
  if (me.error) return <main className="mx-auto max-w-xl p-6 pt-[15vh]"><Problem isWholePage error={me.error} onRetry={() => void me.refetch()} /></main>;
  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent">{shell.skip}</a>
      <TopBar onSearch={openPalette} onHelp={() => setHelpOpen(true)} />
      <div className="md:grid md:grid-cols-[15rem_minmax(0,1fr)]">
        <div className="sticky top-0 hidden h-dvh border-r border-line bg-raised md:block"><SideNavigation onSearch={openPalette} onHelp={() => setHelpOpen(true)} /></div>
        <main id="main" ref={main} tabIndex={-1} data-address={address} className="min-w-0 px-4 py-6 sm:px-8 lg:px-10">
          {me.data && <Outlet />}
        </main>
      </div>
      {isPaletteOpen && <Suspense><Palette onClose={() => setPaletteOpen(false)} /></Suspense>}
      <KeyboardHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <Toasts />
    </>
  );
}

/** After a link the focus is at the new page's beginning, as it would be after a load; not at the first page, nor within one. */
function useFocusAfterMove() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (before.current !== undefined && before.current !== path && !main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
  return main;
}
