import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useStrings } from '../strings/strings.js';
import { Icon } from './icon.js';

interface ModalProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** Said by screen readers alone, where the content shows what it is. */
  isTitleHidden?: boolean;
  children: ReactNode;
  className?: string;
}

/** A dialog over the page: holds the focus, closes by Escape, and gives the focus back. */
export function Modal({ isOpen, onClose, title, isTitleHidden = false, children, className = 'max-w-lg' }: ModalProps) {
  const { shell } = useStrings();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className={`fixed top-[8vh] left-1/2 z-50 flex max-h-[84vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-ground shadow-2xl ${className}`}>
          <div className={isTitleHidden ? 'sr-only' : 'flex items-center justify-between border-b border-line px-4 py-3'}>
            <Dialog.Title className="font-semibold">{title}</Dialog.Title>
            <Dialog.Close aria-label={shell.close} className="rounded p-1 text-quiet hover:bg-hover hover:text-ink"><Icon name="close" /></Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A question before something that can't be taken back lightly. */
export function Confirmation({ isOpen, onClose, title, hint, yes, no, onYes }: { isOpen: boolean; onClose: () => void; title: string; hint: string; yes: ReactNode; no: ReactNode; onYes?: () => void }) {
  return (
    <Modal isOpen={isOpen} onClose={onClose} title={title} className="max-w-md">
      <form className="p-4" onSubmit={(event) => { event.preventDefault(); onYes?.(); onClose(); }}>
        <p className="text-sm text-quiet">{hint}</p>
        <div className="mt-4 flex justify-end gap-2">{no}{yes}</div>
      </form>
    </Modal>
  );
}
