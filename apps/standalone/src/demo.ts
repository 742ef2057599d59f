import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RECORDED = ['claude-code', 'codex'] as const;
const SCOPE = 'workspace=demo&project=hello';

interface RecordedEvent {
  at: string;
  event: string;
  payload: Record<string, unknown>;
}

/** Replays two recorded sessions through the public door and shows what became of them. */
export async function showDemo(url: string, token: string): Promise<void> {
  const ask = (path: string, init: RequestInit = {}): Promise<string> => askProduct(`${url}${path}`, token, init);
  for (const agent of RECORDED) {
    const events = recordedSession(agent);
    heading(`${agent} starts, and is told where the last agent left off`);
    print((await ask(`/handoff?agent=${agent}&cwd=/home/dev/project&${SCOPE}`)) || '(nothing yet)');
    for (const { event, payload } of events) await ask(`/hook?event=${event}&agent=${agent}&${SCOPE}`, { method: 'POST', body: JSON.stringify(payload) });
    print(`${events.length} events of a ${agent} session captured`);
  }
  heading('the next agent is told');
  print(await ask(`/handoff?agent=codex&cwd=/home/dev/project&${SCOPE}`));
  await showPage(ask);
  await showSearch(ask);
  print(`\nThe demo is over; the server runs on. Ctrl-C stops it.`);
}

async function showPage(ask: (path: string) => Promise<string>): Promise<void> {
  const list = JSON.parse(await ask('/api/v1/workspaces/demo/projects/hello/pages?limit=1')) as { pages: { path: string }[] };
  const path = list.pages[0]?.path;
  if (!path) return;
  heading(`the page ${path}`);
  const answer = JSON.parse(await ask(`/api/v1/workspaces/demo/projects/hello/pages/${path}`)) as { page: { body: string } };
  print(answer.page.body);
}

async function showSearch(ask: (path: string) => Promise<string>): Promise<void> {
  heading('search for "hello"');
  const { hits } = JSON.parse(await ask('/api/v1/search?q=hello&workspace=demo&project=hello&limit=3')) as { hits: { title: string; path: string; snippet: string }[] };
  for (const { title, path, snippet } of hits) print(`${title}  (${path})\n  ${snippet.replaceAll(/<\/?mark>/g, '*').replaceAll('&gt;', '>')}`);
}

/** Under an id and times of now, as another run of the same session would be. */
function recordedSession(agent: string): RecordedEvent[] {
  const file = fileURLToPath(new URL(`../../../../test/fixtures/${agent}/_session.jsonl`, import.meta.url));
  const sessionId = randomUUID();
  const events = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as RecordedEvent);
  return events.map(({ at, event, payload }) => ({ at, event, payload: { ...payload, session_id: sessionId } }));
}

async function askProduct(url: string, token: string, init: RequestInit): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

function heading(text: string): void {
  print(`\n── ${text} ──`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
