import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { DiffView } from './diff-view.js';

/** What is stored beside what one wants to store, where both changed the same lines. */
export function ConflictView({ stored, mine, keptAt, onTakeStored }: { stored: string; mine: string; keptAt: string; onTakeStored: () => void }) {
  const { edit } = useStrings();
  return (
    <section role="alert" className="mb-5 rounded-lg border border-warn bg-warn-soft p-4">
      <h2 className="font-semibold">{edit.conflictTitle}</h2>
      <p className="mt-1 mb-3 text-sm">{edit.conflictHint} {edit.kept(keptAt)}</p>
      <div className="bg-ground"><DiffView before={stored} after={mine} labels={[edit.theirs, edit.yours]} /></div>
      <Button className="mt-3" onClick={onTakeStored}>{edit.takeTheirs}</Button>
    </section>
  );
}
