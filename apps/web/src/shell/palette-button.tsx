import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const PALETTE_KEYS = IS_APPLE ? '⌘ K' : 'Ctrl K';

export function PaletteButton({ onClick }: { onClick: () => void }) {
  const { shell } = useStrings();
  return (
    <button type="button" onClick={onClick} className="flex min-h-8 items-center gap-2 rounded-md border border-line bg-ground px-2 text-sm text-quiet hover:text-ink">
      <Icon name="search" />{shell.search}<kbd className="ml-auto">{PALETTE_KEYS}</kbd>
    </button>
  );
}
