import { useStrings } from '../strings/strings.js';
import { Modal } from '../ui/modal.js';
import type { Granted } from './access-queries.js';
import { Grants } from './grants.js';

/** Who may what in a project or a workspace, beside what their role lets them. */
export function GrantsDialog({ of, onClose }: { of: Granted; onClose: () => void }) {
  const { access } = useStrings();
  return (
    <Modal isOpen onClose={onClose} title={access.grantsOf(of.project ? `${of.workspace}/${of.project}` : of.workspace)}>
      <div className="overflow-y-auto p-4"><Grants of={of} /></div>
    </Modal>
  );
}
