import { useStrings } from '../strings/strings.js';
import { Button } from './button.js';
import { CopyButton } from './copy-button.js';
import { FormButtons } from './form.js';
import { Modal } from './modal.js';

/** Something that nobody can be shown again: a secret, or an address that lets somebody in. */
export function ShownOnce({ title, hint, secret, onClose }: { title: string; hint: string; secret: string; onClose: () => void }) {
  const { forms } = useStrings();
  return (
    <Modal isOpen onClose={onClose} title={title}>
      <div className="space-y-4 overflow-y-auto p-4">
        <p className="text-sm text-quiet">{hint}</p>
        <div className="flex items-start gap-2 rounded-md border border-strong-line bg-raised p-2.5">
          <code className="min-w-0 flex-1 font-mono text-xs leading-5 select-all wrap-anywhere">{secret}</code>
          <CopyButton text={secret} />
        </div>
        <FormButtons><Button look="primary" onClick={onClose}>{forms.done}</Button></FormButtons>
      </div>
    </Modal>
  );
}
