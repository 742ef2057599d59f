import { FindPages, type PageHead, type PageTrust } from '#libs/contracts';
import type { Ask } from './named-session.js';

/** Whose word a hit is, as its page says now; null where the page is gone, or nothing can tell just now. */
export interface HitSource {
  readonly author: string | null;
  readonly trust: PageTrust | null;
}

interface Found {
  readonly projectId: string;
  readonly path: string;
}

const NOBODY: HitSource = { author: null, trust: null };

/** Asked of the wiki and not of the index, so that what a person has approved counts at once. A search without is worth having. */
export async function sourcesOf(ask: Ask, hits: readonly Found[]): Promise<(hit: Found) => HitSource> {
  const asked = hits.map(({ projectId, path }) => ({ projectId, path }));
  const { pages } = asked.length > 0 ? await ask(FindPages, { pages: asked }).catch(() => ({ pages: [] })) : { pages: [] };
  const sources = new Map(pages.map(({ author, trust, ...page }: PageHead) => [keyOf(page), { author, trust }]));
  return (hit) => sources.get(keyOf(hit)) ?? NOBODY;
}

/** A prompt is the user's own word; what is between is the agent's or, least, what a tool printed. */
export function trustOfObservation(kind: string): PageTrust {
  if (kind === 'user-prompt') return 'user';
  return kind.endsWith('tool-use') ? 'tool' : 'agent';
}

function keyOf({ projectId, path }: Found): string {
  return `${projectId} ${path}`;
}
