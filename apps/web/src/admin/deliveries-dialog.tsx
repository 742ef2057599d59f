import { useQuery } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Modal } from '../ui/modal.js';
import { Table } from '../ui/table.js';
import { TimeAgo } from '../ui/time-ago.js';
import { deliveriesQuery } from './settings-queries.js';

/** The last calls of a webhook, and what became of them. */
export function DeliveriesDialog({ webhook: { webhook_id: id, name }, onClose }: { webhook: Schema<'Webhook'>; onClose: () => void }) {
  const { webhooks: words } = useStrings();
  const query = useQuery(deliveriesQuery(id));
  return (
    <Modal isOpen onClose={onClose} title={words.deliveriesOf(name)} className="max-w-2xl">
      <div className="overflow-y-auto p-4">
        <Asked query={query}>{({ deliveries }) => (deliveries.length === 0 ? <p className="text-sm text-quiet">{words.noDeliveries}</p> : (
          <Table label={words.deliveriesOf(name)} rows={deliveries} keyOf={({ delivery_id: each }) => each} columns={[
            { label: words.sent, cell: ({ sent_at: at }) => <TimeAgo at={at} /> }, { label: words.outcome, cell: ({ status }) => status },
            { label: 'HTTP', cell: ({ http_status: status }) => status ?? '–' }, { label: words.took, isSecondary: true, cell: ({ duration_ms: ms }) => `${ms} ms` },
          ]} />
        ))}</Asked>
      </div>
    </Modal>
  );
}
