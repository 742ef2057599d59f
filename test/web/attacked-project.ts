import { randomUUID } from 'node:crypto';
import type { Client } from '../system/client.js';
import { type Place, postBatch } from '../system/replay.js';
import { ATTACKS } from './attacks.js';
import { longSession } from './long-session.js';
import { inClone } from './other-writers.js';
import { importPages } from './page-archive.js';

/** Where names and titles have room for one line. */
export const LINES = ATTACKS.map((text) => text.replaceAll(/[\p{C}\s]+/gu, ' ').trim().slice(0, 200));
/** Git takes these out of a name itself. */
const GIT_NAMES = LINES.map((text) => text.replaceAll(/[<>]/g, '').trim() || 'x');
const BATCH_EVENTS = 200;
const PUSHED = ['notes/pushed-0.md', 'notes/pushed-1.md'] as const;

export interface AttackedProject {
  sessionId: string;
  /** Pages whose history has a half of the names each, as it shows a hundred commits. */
  pushed: readonly string[];
}

/** A project in which every text that anybody may give is an attack: each one as a body, title, prompt, command, file, output, token, author and message. */
export async function attackProject(owner: Client, place: Place): Promise<AttackedProject> {
  const at = `/api/v1/workspaces/${place.workspace}/projects/${place.project}`;
  await ok(owner.send('PUT', at));
  await ok(owner.send('PUT', `${at}/pages/notes/all.md`, { title: LINES[3], summary: LINES[0], tags: LINES.slice(0, 10).map((text) => text.slice(0, 60)), body: ATTACKS.join('\n\n') }));
  await importPages(owner, place, LINES.map((text, index) => ({ path: `t${index}.md`, title: text, summary: text, body: `${text}\n\n[[t${(index + 1) % LINES.length}|${text}]]\n` })));
  const sessionId = randomUUID();
  const events = attackingSession(sessionId);
  for (let start = 0; start < events.length; start += BATCH_EVENTS) await postBatch(owner, 'claude-code', events.slice(start, start + BATCH_EVENTS), place);
  for (const name of LINES) await ok(owner.post('/api/v1/tokens', { name }));
  await ok(owner.post(`${at}/handoffs`, { summary: LINES.join(' ').slice(0, 8_000), next_steps: LINES.slice(0, 20), open_questions: LINES.slice(20, 40), shared: true }));
  await pushNames(owner, place);
  return { sessionId, pushed: PUSHED };
}

/** Prompts first, then tools: in what they were asked, in the file they touch, and in what they answer. */
function attackingSession(sessionId: string) {
  const [start, ...rest] = longSession(sessionId, 1);
  const end = rest.at(-1)!;
  const event = (name: string, more: object) => ({ ...start!, event: name, payload: { ...start!.payload, hook_event_name: name, ...more } });
  const prompts = ATTACKS.map((prompt) => event('UserPromptSubmit', { prompt }));
  const tools = ATTACKS.map((text, index) => event('PostToolUse', index % 2 === 0
    ? { tool_name: 'Bash', tool_input: { command: text, description: text }, tool_response: { stdout: text, stderr: text }, tool_use_id: `toolu_${index}` }
    : { tool_name: 'Edit', tool_input: { file_path: `/home/dev/${text}`, old_string: text, new_string: text }, tool_response: { filePath: `/home/dev/${text}`, structuredPatch: [] }, tool_use_id: `toolu_${index}` }));
  return [start!, ...prompts, ...tools, end];
}

async function pushNames(owner: Client, place: Place): Promise<void> {
  const half = Math.ceil(GIT_NAMES.length / 2);
  await inClone(owner, place, async (git) => {
    const branch = await git.must('symbolic-ref', 'HEAD');
    await git.fastImport(GIT_NAMES.map((name, index) => {
      const first = index < half ? 0 : half;
      const text = `${GIT_NAMES.slice(first, index + 1).join('\n\n')}\n`;
      const at = `${Math.floor(Date.now() / 1_000) - GIT_NAMES.length + index} +0000`;
      return [`commit ${branch}`, `author ${name} <eve@example.com> ${at}`, `committer Eve <eve@example.com> ${at}`, data(LINES[index]!), ...(index === 0 ? [`from ${branch}^0`] : []), `M 100644 inline ${PUSHED[first === 0 ? 0 : 1]}`, data(text), ''].join('\n');
    }).join(''));
    await git.must('push', '--quiet');
  });
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

async function ok(answered: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answered;
  if (status >= 300) throw new Error(`${status} ${text}`);
}
