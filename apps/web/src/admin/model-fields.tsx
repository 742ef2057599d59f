import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { SelectField, TextField } from '../ui/field.js';
import type { Model } from './settings-queries.js';

/** A model as it is typed; numbers as text, so that half a number can stand there. */
export interface ModelDraft {
  /** Tells one from another while they are moved and removed. */
  id: number;
  provider: Model['provider'];
  model: string;
  baseUrl: string;
  apiKey: string;
  hasKey: boolean;
  inputPrice: string;
  outputPrice: string;
}

const PROVIDERS: readonly Model['provider'][] = ['anthropic', 'openai', 'gemini', 'openai-compat'];

export function modelDraft(id: number, { provider, model, base_url: baseUrl, has_key: hasKey, price }: Model): ModelDraft {
  return { id, provider, model, baseUrl: baseUrl ?? '', apiKey: '', hasKey, inputPrice: price ? String(price.input) : '', outputPrice: price ? String(price.output) : '' };
}

/** What is sent of it. A key that was not typed stays the one that is saved; half a price is none. */
export function modelBody({ provider, model, baseUrl, apiKey, inputPrice, outputPrice }: ModelDraft) {
  const price = inputPrice === '' || outputPrice === '' ? null : { input: Number(inputPrice), output: Number(outputPrice) };
  return { provider, model, base_url: baseUrl || null, price, ...(apiKey ? { api_key: apiKey } : {}) };
}

export function ModelFields({ draft, onChange, onRemove }: { draft: ModelDraft; onChange: (draft: ModelDraft) => void; onRemove: () => void }) {
  const { models: words, forms } = useStrings();
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line p-3 sm:grid-cols-2">
      <legend className="sr-only">{draft.model || words.model}</legend>
      <SelectField label={words.provider} value={draft.provider} options={PROVIDERS.map((each) => [each, words.providers[each]] as const)} onChange={(event) => onChange({ ...draft, provider: event.target.value as Model['provider'] })} />
      <TextField label={words.model} value={draft.model} required maxLength={200} onChange={(event) => onChange({ ...draft, model: event.target.value })} />
      <TextField label={words.key} type="password" autoComplete="new-password" hint={draft.hasKey ? words.hasKey : undefined} value={draft.apiKey} onChange={(event) => onChange({ ...draft, apiKey: event.target.value })} />
      <TextField label={words.address} type="url" placeholder={words.ownAddress} required={draft.provider === 'openai-compat'} value={draft.baseUrl} onChange={(event) => onChange({ ...draft, baseUrl: event.target.value })} />
      <TextField label={words.inputPrice} type="number" min={0} step="any" value={draft.inputPrice} onChange={(event) => onChange({ ...draft, inputPrice: event.target.value })} />
      <TextField label={words.outputPrice} type="number" min={0} step="any" value={draft.outputPrice} onChange={(event) => onChange({ ...draft, outputPrice: event.target.value })} />
      <div className="text-right sm:col-span-2"><Button look="quiet" onClick={onRemove}>{forms.remove}<span className="sr-only"> {draft.model}</span></Button></div>
    </fieldset>
  );
}
