import type { Observation, OutputOf, PullObservations, PullPages } from '#libs/contracts';

type PulledPage = OutputOf<typeof PullPages>['pages'][number];

/** What of a page or an observation is searched and shown. */
export interface Document {
  /** What stays when it is written again: the path of a page, the id of an observation. */
  key: string;
  versionId: string;
  sessionId: string | null;
  sequence: number | null;
  kind: string;
  isPinned: boolean;
  title: string;
  /** Names of things: headings, tags, paths. They weigh less than the title and more than the body. */
  names: string;
  body: string;
  happenedAt: string;
  /** Of the page, or of the file that an observation is about. */
  path: string | null;
  agent: string | null;
  /** Name of who wrote the page, or of whose session it is. */
  author: string | null;
  isSuperseded: boolean;
}

type ObservedSession = OutputOf<typeof PullObservations>['session'];

const HEADING = /^#{1,6}[ \t]+(\S.*)$/gm;

export function pageDocument({ head, body, frontmatter }: PulledPage): Document {
  const text = body ?? '';
  const headings = Array.from(text.matchAll(HEADING), (match) => match[1]!);
  return {
    key: head.path, versionId: head.pageId, sessionId: null, sequence: null, kind: head.kind, isPinned: head.isPinned, title: head.title,
    names: [head.path, ...head.tags, head.summary ?? '', ...headings].join('\n'), body: text, happenedAt: head.updatedAt,
    path: head.path, agent: head.agent, author: head.author, isSuperseded: isSuperseded(frontmatter, head.tags),
  };
}

/**
 * Null for an observation with nothing to find it by. A pre-tool-use is left out whatever it holds: its post-tool-use
 * repeats the call together with the result, and the same call twice in every answer helps nobody.
 */
export function observationDocument(sessionId: string, observation: Observation, session: ObservedSession): Document | null {
  const { tool } = observation;
  const plan = tool?.plan?.map((item) => item.text) ?? [];
  const body = [observation.body, tool?.command, tool?.path, tool?.excerpt, ...plan].filter(Boolean).join('\n');
  if (observation.kind === 'pre-tool-use' || body.trim() === '') return null;
  return {
    key: observation.observationId, versionId: observation.observationId, sessionId, sequence: observation.sequence, kind: observation.kind, isPinned: false,
    title: observation.title, names: [tool?.name, tool?.path].filter(Boolean).join('\n'), body, happenedAt: observation.occurredAt,
    path: tool?.path ?? null, agent: session?.agent ?? null, author: session?.ownerName ?? null, isSuperseded: false,
  };
}

/** By what the page says of itself, in either of the ways in which pages do. */
function isSuperseded(frontmatter: PulledPage['frontmatter'], tags: readonly string[]): boolean {
  return frontmatter.status === 'superseded' || typeof frontmatter.superseded_by === 'string' || tags.includes('superseded');
}
