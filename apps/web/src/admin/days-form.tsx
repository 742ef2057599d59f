import { useState } from 'react';
import type { QueryKey } from '@tanstack/react-query';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { TextField } from '../ui/field.js';
import { ConfirmButton } from '../ui/confirm-button.js';

interface DaysFormProps {
  label: string;
  hint: string;
  stored: number | null;
  min: number;
  max: number;
  changes: QueryKey;
  save: (days: number | null) => Promise<unknown>;
}

/** How many days something is kept; for ever where nothing is typed. A shorter span makes things go, so it asks. */
export function DaysForm({ label, hint, stored, min, max, changes, save }: DaysFormProps) {
  const { retention, forms } = useStrings();
  const [text, setText] = useState(stored === null ? '' : String(stored));
  const change = useChange(save, { changes: [changes], told: forms.saved });
  const days = text === '' ? null : Number(text);
  return (
    <div className="max-w-md">
      <TextField label={label} hint={hint} type="number" min={min} max={max} placeholder={retention.forEver} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="mt-3 flex justify-end">
        <ConfirmButton label={forms.save} about={label} look="plain" title={label} hint={days === null ? retention.keepHint : retention.shortenHint(days)} yes={forms.save} onYes={() => change.mutateAsync(days)} />
      </div>
    </div>
  );
}
