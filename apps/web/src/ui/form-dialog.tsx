import type { ReactNode } from 'react';
import { useStrings } from '../strings/strings.js';
import { Button } from './button.js';
import { Form, FormButtons } from './form.js';
import { Modal } from './modal.js';

interface FormDialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  submit: string;
  onSubmit: () => void;
  isPending: boolean;
  error: unknown;
  children: ReactNode;
}

/** A form in a dialog. It stays open, with what was typed, until the server took it. */
export function FormDialog({ isOpen, onClose, title, submit, onSubmit, isPending, error, children }: FormDialogProps) {
  const { forms } = useStrings();
  return (
    <Modal isOpen={isOpen} onClose={onClose} title={title}>
      <div className="overflow-y-auto p-4">
        <Form error={error} onSubmit={onSubmit}>
          {children}
          <FormButtons>
            <Button onClick={onClose}>{forms.cancel}</Button>
            <Button type="submit" look="primary" disabled={isPending}>{isPending ? forms.working : submit}</Button>
          </FormButtons>
        </Form>
      </div>
    </Modal>
  );
}
