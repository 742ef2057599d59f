import { useStrings } from '../strings/strings.js';
import { Modal } from '../ui/modal.js';
import { PALETTE_KEYS } from './palette-button.js';

export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { shell, keys } = useStrings();
  const rows: readonly [readonly string[], string][] = [
    [[PALETTE_KEYS, '/'], keys.palette], [['g h'], keys.goHome], [['g s'], keys.goSearch], [['e'], keys.edit], [['h'], keys.history], [['↑ ↓'], keys.nextPrevious], [['Esc'], keys.close], [['?'], keys.help],
  ];
  return (
    <Modal isOpen={isOpen} onClose={onClose} title={shell.keyboard}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2 p-4 text-sm">
        {rows.map(([shown, what]) => [
          <dt key={`${what} keys`} className="flex gap-1">{shown.map((key) => <kbd key={key}>{key}</kbd>)}</dt>,
          <dd key={what} className="text-quiet">{what}</dd>,
        ])}
      </dl>
    </Modal>
  );
}
