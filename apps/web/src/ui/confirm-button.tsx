import { type ReactNode, useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { Button, type ButtonLook } from './button.js';
import { TextField } from './field.js';
import { Form, FormButtons } from './form.js';
import { Modal } from './modal.js';

interface ConfirmButtonProps {
  label: ReactNode;
  /** For screen readers, where many buttons say the same. */
  about?: string;
  title: string;
  hint: string;
  /** What has to be typed before it can be done: of what can't be taken back. */
  typed?: string;
  yes: string;
  look?: ButtonLook;
  onYes: () => Promise<unknown>;
}

/** A button that asks before it does something, and says in the same place when that failed. */
export function ConfirmButton({ label, about, look = 'quiet', ...asked }: ConfirmButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look={look} onClick={() => setOpen(true)}>{label}{about && <span className="sr-only"> {about}</span>}</Button>
      {isOpen && <Question {...asked} onClose={() => setOpen(false)} />}
    </>
  );
}

function Question({ title, hint, typed, yes, onYes, onClose }: Omit<ConfirmButtonProps, 'label' | 'about' | 'look'> & { onClose: () => void }) {
  const { forms } = useStrings();
  const [words, setWords] = useState('');
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = async (): Promise<void> => {
    setPending(true);
    try {
      await onYes();
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Modal isOpen onClose={onClose} title={title} className="max-w-md">
      <div className="overflow-y-auto p-4">
        <Form error={error} onSubmit={() => void confirm()}>
          <p className="text-sm text-quiet wrap-anywhere">{hint}</p>
          {typed !== undefined && <TextField name="confirm" label={forms.typeToConfirm(typed)} value={words} onChange={(event) => setWords(event.target.value)} autoComplete="off" spellCheck={false} />}
          <FormButtons>
            <Button onClick={onClose}>{forms.cancel}</Button>
            <Button type="submit" look="danger" disabled={isPending || (typed !== undefined && words !== typed)}>{isPending ? forms.working : yes}</Button>
          </FormButtons>
        </Form>
      </div>
    </Modal>
  );
}
