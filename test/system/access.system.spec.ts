import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { CALLERS, type MatrixCaller, outcomeFor } from '../access/callers.js';
import { GIT, ROUTES, type Surface, TOOLS } from '../access/surfaces.js';
import { gitCalls, isDone, routeCall, type Subject, toolCall } from './access-calls.js';
import { type Answer, Client, hookPath, newOrganisation, type Organisation } from './client.js';
import { masked, textOf } from './masked-answer.js';
import { query } from './replay.js';
import { API, at, type Call, CWD, post, put } from './tenancy-calls.js';

/** As git, a directory, and all others are told it. */
const REFUSED = /^This needs|"detail":"This needs|access\.forbidden/;
/** An answer that is not one may speak of a refusal too: the audit log does. */
const isRefusal = ({ status, text }: Answer): boolean => status === 403 || text.includes('"isError":true');
const ABSENT = /There is no such (project|session)\./;
/** What a tool says of a session that it does not find. */
const NOTHING = /not-found: There is nothing here/;
/** They would make a project that nobody has; so they tell whom one is hidden from that its name is taken. */
const MAKERS = ['PUT /api/v1/workspaces/:workspace/projects/:project', 'memory_handoff_begin'];

describe('the table of docs/access.md, asked of the product', () => {
  let organisation: Organisation;
  const subjects: Record<'open' | 'closed', Subject> = { open: { place: { workspace: 'acme', project: 'open' }, sessionId: '' }, closed: { place: { workspace: 'acme', project: 'closed' }, sessionId: '' } };
  const nowhere: Subject = { place: { workspace: 'acme', project: 'nowhere' }, sessionId: randomUUID() };
  const clients = new Map<string, Client>();

  const send = (client: Client, { method, path, body, headers }: Call): Promise<Answer> => client.send(method, path, body, headers);
  const ok = async <T>(call: Call): Promise<T> => {
    const answer = await send(organisation.owner, call);
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.json as T;
  };

  beforeAll(async () => {
    organisation = await newOrganisation('services');
    for (const subject of Object.values(subjects)) {
      await ok(put(at(subject.place)));
      await ok(put(`${at(subject.place)}/pages/notes/a.md`, { title: 'A', body: 'Words' }));
      await ok(post(hookPath('claude-code', 'UserPromptSubmit', query(subject.place)), { session_id: randomUUID(), cwd: CWD, prompt: 'Go on' }));
      const { sessions } = await ok<{ sessions: { session_id: string }[] }>({ method: 'GET', path: `${at(subject.place)}/sessions` });
      subject.sessionId = sessions[0]!.session_id;
    }
    await ok(put(`${at(subjects.closed.place)}/visibility`, { visibility: 'restricted' }));
    for (const { column, role, project } of CALLERS) {
      const { user } = await ok<{ user: { user_id: string } }>(post(`${API}/users`, { name: column, email: 'dev@example.com', role }));
      const { token } = await ok<{ token: { token: string } }>(post(`${API}/tokens`, { name: column, user_id: user.user_id }));
      if (project !== 'open' && project !== 'none') await ok(put(`${at(subjects.closed.place)}/grants`, { user: column, level: project }));
      clients.set(column, new Client(organisation.owner.url, token.token));
    }
  });

  function outcomeOf(answer: Answer, about: Surface['about'], mustBeDone: boolean): string {
    const { status, text } = answer;
    if (isRefusal(answer) && REFUSED.test(text)) return 'forbidden';
    if (ABSENT.test(text) || (about === 'session' && NOTHING.test(text))) return 'absent';
    expect([401, 403, 500, 503, 504], text).not.toContain(status);
    if (mustBeDone) expect(status, text).toBeLessThan(300);
    return 'allowed';
  }

  /** Each caller's answers to a surface; what is absent is compared with what nobody has. */
  async function expectRow(surface: Surface, calls: (subject: Subject) => Call[]): Promise<void> {
    const outcomes = await Promise.all(CALLERS.map(async (caller) => {
      const answers: Answer[] = [];
      for (const call of calls(subjectFor(caller))) answers.push(await send(clients.get(caller.column)!, call));
      const seen = [...new Set(answers.map((answer) => outcomeOf(answer, surface.about, isDone(surface))))];
      if (seen.includes('absent') && !MAKERS.includes(surface.name)) {
        for (const [index, call] of calls(nowhere).entries()) expect(masked(textOf(await send(clients.get(caller.column)!, call)))).toBe(masked(textOf(answers[index]!)));
      }
      return [caller.column, seen.join()];
    }));
    expect(outcomes).toEqual(CALLERS.map((caller) => [caller.column, outcomeFor(surface, caller)]));
  }

  const subjectFor = ({ project }: MatrixCaller): Subject => subjects[project === 'open' ? 'open' : 'closed'];
  const named = (surfaces: readonly Surface[]) => surfaces.map((surface) => [surface.name, surface] as const);

  it.each(named(ROUTES))('%s', (_name, surface) => expectRow(surface, (subject) => [routeCall(surface, subject)]));
  it.each(named(TOOLS))('%s', (_name, surface) => expectRow(surface, (subject) => [toolCall(surface, subject)]));
  it('drops an event for a project that is not its sender\'s to capture in, so that it holds up no spool', async () => {
    const capture = (column: string) => send(clients.get(column)!, post(hookPath('claude-code', 'UserPromptSubmit', query(subjects.closed.place)), { session_id: randomUUID(), cwd: CWD, prompt: 'Go on' }));
    expect((await Promise.all(['member 0', 'member +read', 'member +write'].map(capture))).map(({ status, text }) => [status, text])).toEqual([[202, 'dropped unauthorized'], [202, 'dropped unauthorized'], [202, 'queued']]);
  });

  it.each(named(GIT))('%s', (_name, surface) => expectRow(surface, (subject) => gitCalls(surface, subject)));
});
