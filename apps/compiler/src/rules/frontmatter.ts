import type { SessionFacts } from './compiled-session.js';
import type { Story } from './story.js';
import { oneLine } from './text.js';

const ENTITIES_MAX = 10;
const ENTITY_CHARS_MAX = 64;
const ISSUE = /(?:^|[\s(])(#\d{1,6}|[A-Z][A-Z0-9]{1,9}-\d{1,6})(?=$|[\s).,:;!?])/g;
const IDENTIFIER = /`([A-Za-z_$][\w$.:/-]{2,63})`/g;

/** The page's metadata; the keys are those of the wiki's format. */
export function frontmatterOf(facts: SessionFacts, story: Story, title: string, summary: string): Record<string, unknown> {
  return {
    title,
    kind: 'session',
    tier: 'episodic',
    session_id: facts.sessionId,
    agent: facts.agent,
    user: facts.ownerName,
    started: facts.startedAt,
    ended: facts.endedAt ?? story.lastAt,
    summary,
    tags: tagsOf(facts, story),
    entities: entitiesOf(story),
    generated_by: 'rules',
    observation_generation: facts.generation,
  };
}

function tagsOf(facts: SessionFacts, { commands, git, files }: Story): string[] {
  const tests = commands.lastTests?.testsLast;
  return [
    facts.agent,
    ...(files.changed.length > 0 || files.changesWithoutPath > 0 ? ['changes'] : []),
    ...(git.commitCount > 0 ? ['commits'] : []),
    ...(tests === undefined ? [] : [tests.failed === 0 ? 'tests-passing' : 'tests-failing']),
  ];
}

/** Names that a search for this session would use: issues, then files, the branch, and names in code. */
function entitiesOf({ turns, files, git, goal }: Story): string[] {
  const asks = [goal?.text ?? '', ...turns.kept.map((turn) => (turn.isPaste ? '' : turn.ask))].join('\n');
  const issues = [...asks.matchAll(ISSUE)].map((match) => match[1] ?? '');
  const paths = files.changed.toSorted((a, b) => b.changes - a.changes).map((file) => file.path);
  const identifiers = [...asks.matchAll(IDENTIFIER)].map((match) => match[1] ?? '');
  const names = [...issues.slice(0, 3), ...paths.slice(0, 4), git.branch, ...identifiers, ...paths.slice(4)].map(oneLine);
  return [...new Set(names)].filter((name) => name !== '' && name.length <= ENTITY_CHARS_MAX).slice(0, ENTITIES_MAX);
}
