import type { Observation } from '#libs/contracts';
import type { CompiledSession, Ephemeral, SessionFacts } from './compiled-session.js';
import { findingsOf } from './findings.js';
import { frontmatterOf } from './frontmatter.js';
import { titleOf } from './goal.js';
import { handoffContent } from './handoff-content.js';
import { nextSteps } from './next-steps.js';
import { openQuestions } from './open-questions.js';
import { placed } from './placed.js';
import { SessionDigest } from './session-digest.js';
import { pageBody } from './session-page.js';
import type { Story } from './story.js';
import { summarySentence } from './summary.js';
import { touchedFiles } from './touched-files.js';

export { SESSION_PAGE_BYTES_MAX, type CompiledSession, type Ephemeral, type HandoffContent, type SessionFacts, type SessionPage, type TouchedFile } from './compiled-session.js';
export { HANDOFF_CHARS_MAX, renderHandoff, type RenderedHandoff } from './handoff.js';

/**
 * Compiles a session by rules alone. `observations` come in the order of the story (`occurredAt`, then `sequence`) and
 * each once; memory does not grow with their number. The same observations give the same bytes, whatever order they
 * arrived in: the page cites events by their place in the story and says nothing of the time of compiling.
 */
export async function compileSession(input: {
  session: SessionFacts;
  observations: AsyncIterable<Observation> | Iterable<Observation>;
}): Promise<CompiledSession | Ephemeral> {
  const digest = new SessionDigest(input.session.cwd);
  for await (const { observation, place } of placed(input.observations)) digest.add(observation, place);
  const story = digest.finish();
  return story === null ? { kind: 'ephemeral' } : compiled(input.session, story);
}

function compiled(facts: SessionFacts, story: Story): CompiledSession {
  const title = titleOf(story, story.files.changed.map((file) => file.path), story.commands.histories[0]?.line.text);
  const summary = summarySentence(facts, story);
  const texts = { title, summary, openQuestions: openQuestions(story), nextSteps: nextSteps(story) };
  return {
    kind: 'compiled',
    title,
    summary,
    page: { path: `sessions/${facts.sessionId}.md`, frontmatter: frontmatterOf(facts, story, title, summary), body: pageBody(facts, story, texts) },
    handoff: handoffContent(story, texts),
    findings: findingsOf(story),
    touchedFiles: touchedFiles(story),
  };
}
