import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { installationReindexesQuery } from './system-queries.js';

/** How far the index of all organisations is being built anew, and the way to have that done. */
export function IndexHealth() {
  const { system, language } = useStrings();
  const query = useQuery(installationReindexesQuery);
  const number = (value: number): string => value.toLocaleString(language.code);
  const begin = useChange(() => ask(api.POST('/api/v1/installation/reindexes')), { changes: [['system', 'reindexes']], told: system.reindexBegun });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line p-3 text-sm">
      <Asked query={query} lines={1}>{({ running, waiting, documents_read: read, documents_total: total }) => <p className="text-quiet">{running + waiting === 0 ? system.noReindex : system.reindexing(number(running), number(waiting), number(read), number(total))}</p>}</Asked>
      <ConfirmButton label={system.reindex} look="plain" title={system.reindex} hint={system.reindexHint} yes={system.reindex} onYes={() => begin.mutateAsync(undefined)} />
    </div>
  );
}
