import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';
import { useStrings } from '../strings/strings.js';

const costQuery = (session: string) => queryOptions({
  queryKey: ['consolidations', session],
  staleTime: 60_000,
  queryFn: ({ signal }) => ask(api.GET('/api/v1/consolidations', { params: { query: { session } }, signal })),
});

/** What models took for the session that a page comes from. Nothing where no model was asked. */
export function PageCost({ page }: { page: Schema<'Page'> }) {
  return page.session_id ? <SessionCost session={page.session_id} /> : null;
}

function SessionCost({ session }: { session: string }) {
  const { page: words, language } = useStrings();
  const { data } = useQuery(costQuery(session));
  const usages = data?.jobs.map(({ usage }) => usage).filter(({ calls }) => calls > 0) ?? [];
  if (usages.length === 0) return null;
  const usd = usages.reduce((sum, { cost_usd: cost }) => sum + cost, 0);
  const tokens = usages.reduce((sum, { input_tokens: input, output_tokens: output }) => sum + input + output, 0);
  return <p className="px-1.5 text-quiet">{words.cost(usd.toLocaleString(language.code, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 }), tokens.toLocaleString(language.code))}</p>;
}
