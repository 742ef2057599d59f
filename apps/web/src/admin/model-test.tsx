import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { Badge, Rows } from '../ui/layout.js';
import { tellFailure } from '../ui/toasts.js';

/** Asks each model that is saved for a word, and shows which answered. */
export function ModelTest() {
  const { models: words, language } = useStrings();
  const test = useChange(() => ask(api.POST('/api/v1/model-settings/test')), { changes: [['admin', 'spending']] });
  const results = test.data?.results;
  return (
    <div className="max-w-2xl space-y-3">
      <p className="text-sm text-quiet">{words.testHint}</p>
      <Button disabled={test.isPending} onClick={() => test.mutate(undefined, { onError: tellFailure })}>{test.isPending ? words.testing : words.test}</Button>
      <div role="status">
        {results?.length === 0 && <p className="text-sm text-quiet">{words.sources.none}</p>}
        {results && results.length > 0 && (
          <Rows label={words.test}>
            {results.map(({ provider, model, ok, failure, milliseconds }, index) => (
              <li key={index} className="flex flex-wrap items-center gap-2 px-3 py-2 text-sm">
                <Badge look={ok ? 'accent' : 'danger'}>{ok ? words.answers : words.fails}</Badge>
                <span className="font-medium wrap-anywhere">{model}</span><span className="text-quiet">{words.providers[provider]}</span>
                <span className="ml-auto text-xs text-quiet tabular-nums">{milliseconds.toLocaleString(language.code)} ms</span>
                {failure && <span className="w-full text-danger">{failure}</span>}
              </li>
            ))}
          </Rows>
        )}
      </div>
    </div>
  );
}
