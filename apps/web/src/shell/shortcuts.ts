import { useEffect, useRef } from 'react';

/** Keys that work wherever nobody is typing: `?`, `e`, or two in turn as `g h`. */
export type Shortcuts = Readonly<Record<string, () => void>>;

const SEQUENCE_MS = 1_000;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Runs them while the component is shown. With Control, Command or Alt a key is the browser's. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    let before = { key: '', atMs: 0 };
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target) || document.querySelector('[role=dialog]')) return;
      const pair = Date.now() - before.atMs < SEQUENCE_MS ? `${before.key} ${event.key}` : '';
      before = { key: event.key, atMs: Date.now() };
      const run = current.current[pair] ?? current.current[event.key];
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Command-K, or Control-K: also while somebody is typing. */
export function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
}
