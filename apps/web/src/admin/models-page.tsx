import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/field.js';
import { Form, FormButtons } from '../ui/form.js';
import { PageTitle, Section } from '../ui/layout.js';
import { Table } from '../ui/table.js';
import { dollarsText } from './amount-text.js';
import { modelBody, modelDraft, ModelFields } from './model-fields.js';
import { ModelTest } from './model-test.js';
import { type ModelSettings, modelsQuery, spendingQuery } from './settings-queries.js';

const MODELS_MAX = 4;

/** The language models that sessions are consolidated with, what they may cost, and what they did. */
export function ModelsPage() {
  const { admin, models: words } = useStrings();
  const query = useQuery(modelsQuery);
  return (
    <div className="space-y-8">
      <div><PageTitle title={admin.models} of={admin.title} /><Asked query={query} lines={10}>{({ settings }) => <ModelsForm key={JSON.stringify(settings)} settings={settings} />}</Asked></div>
      <Section title={words.test}><ModelTest /></Section>
      <Section title={words.spending}><Spending /></Section>
    </div>
  );
}

function ModelsForm({ settings }: { settings: ModelSettings }) {
  const { models: words, forms } = useStrings();
  const [draft, setDraft] = useState({ enabled: settings.enabled, automatic: settings.automatic, tokens: String(settings.monthly_cap_tokens), dollars: settings.monthly_cap_usd === null ? '' : String(settings.monthly_cap_usd) });
  // Those of the installation are not the organisation's to change: it begins with none of its own.
  const [models, setModels] = useState(() => (settings.source === 'organisation' ? settings.models.map((model, index) => modelDraft(index, model)) : []));
  const [added, setAdded] = useState(models.length);
  const save = useChange(() => ask(api.PUT('/api/v1/model-settings', {
    body: { enabled: draft.enabled, automatic: draft.automatic, models: models.map(modelBody), monthly_cap_tokens: Number(draft.tokens), monthly_cap_usd: draft.dollars === '' ? null : Number(draft.dollars) },
  })), { changes: [['admin', 'models'], ['admin', 'usage']], told: forms.saved });
  const add = (): void => {
    setModels([...models, modelDraft(added, { provider: 'anthropic', model: '', base_url: null, has_key: false, price: null })]);
    setAdded(added + 1);
  };
  return (
    <Form error={save.error} onSubmit={() => save.mutate(undefined)} className="max-w-2xl space-y-4">
      <p className="text-sm text-quiet">{words.sources[settings.source]}</p>
      <CheckField name="enabled" label={words.enabled} hint={words.enabledHint} checked={draft.enabled} onChange={(event) => setDraft({ ...draft, enabled: event.target.checked })} />
      <CheckField name="automatic" label={words.automatic} hint={words.automaticHint} checked={draft.automatic} onChange={(event) => setDraft({ ...draft, automatic: event.target.checked })} />
      {models.map((model) => <ModelFields key={model.id} draft={model} onChange={(next) => setModels(models.map((each) => (each.id === next.id ? next : each)))} onRemove={() => setModels(models.filter(({ id }) => id !== model.id))} />)}
      {models.length < MODELS_MAX && <Button onClick={add}>{words.add}</Button>}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="monthly_cap_tokens" label={words.capTokens} type="number" min={0} required value={draft.tokens} onChange={(event) => setDraft({ ...draft, tokens: event.target.value })} />
        <TextField name="monthly_cap_usd" label={words.capDollars} hint={words.capDollarsHint} type="number" min={0} step="any" value={draft.dollars} onChange={(event) => setDraft({ ...draft, dollars: event.target.value })} />
      </div>
      <FormButtons><Button type="submit" look="primary" disabled={save.isPending}>{save.isPending ? forms.working : forms.save}</Button></FormButtons>
    </Form>
  );
}

function Spending() {
  const { models: words, language } = useStrings();
  const query = useQuery(spendingQuery);
  const number = (value: number): string => value.toLocaleString(language.code);
  return (
    <Asked query={query} lines={4}>{({ months }) => (months.length === 0 ? <p className="text-sm text-quiet">{words.unspent}</p> : (
      <Table label={words.spending} rows={months} keyOf={({ month }) => month} columns={[
        { label: words.month, cell: ({ month }) => month }, { label: words.calls, cell: ({ calls }) => number(calls) },
        { label: words.inputTokens, isSecondary: true, cell: ({ input_tokens: tokens }) => number(tokens) }, { label: words.cachedTokens, isSecondary: true, cell: ({ cached_tokens: tokens }) => number(tokens) },
        { label: words.outputTokens, isSecondary: true, cell: ({ output_tokens: tokens }) => number(tokens) }, { label: words.cost, cell: ({ cost_usd: cost }) => dollarsText(cost, language.code) },
      ]} />
    ))}</Asked>
  );
}
