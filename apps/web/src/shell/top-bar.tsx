import { Dialog } from '@base-ui/react/dialog';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import { SideNavigation } from './side-navigation.js';

const BUTTON = 'grid size-10 place-items-center rounded-md text-quiet hover:bg-hover hover:text-ink';

/** On narrow screens: the navigation behind a button. */
export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { shell } = useStrings();
  const [isOpen, setOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => setOpen(false), [path]);
  const andClose = (run: () => void) => () => { setOpen(false); run(); };
  return (
    <header className="sticky top-0 z-30 flex items-center justify-between border-b border-line bg-ground px-2 py-1 md:hidden">
      <Dialog.Root open={isOpen} onOpenChange={setOpen}>
        <Dialog.Trigger className={BUTTON} aria-label={shell.openMenu}><Icon name="menu" className="size-5" /></Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
          <Dialog.Popup className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] border-r border-line bg-raised outline-none">
            <Dialog.Title className="sr-only">{shell.navigation}</Dialog.Title>
            <SideNavigation onSearch={andClose(onSearch)} onHelp={andClose(onHelp)} />
            <Dialog.Close className="absolute top-2 right-2 grid size-9 place-items-center rounded-md text-quiet hover:bg-hover" aria-label={shell.closeMenu}><Icon name="close" /></Dialog.Close>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <span className="font-semibold">{shell.untitled}</span>
      <button type="button" onClick={onSearch} className={BUTTON} aria-label={shell.search}><Icon name="search" className="size-5" /></button>
    </header>
  );
}
