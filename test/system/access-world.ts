import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessLevel, Role } from '#libs/tenancy';
import { type ModelProject, OrganisationModel } from '../access/organisation-model.js';
import { type Act, ORGANISATIONS, type Step, WORKSPACES } from '../access/steps.js';
import { type Answer, Client, newOrganisation } from './client.js';
import { GitClient } from './git-client.js';
import type { Topology } from './product.js';
import { API, at, tool } from './tenancy-calls.js';

const ROLES: Role[] = ['owner', 'admin', 'member', 'member', 'viewer', 'viewer'];
const ATTEMPTS_MAX = 20;
const MANNERS = { accept: 'application/json, text/event-stream' };

/** What a step was answered, and what it should have been: a status, and for lists what is in them. */
export interface Trial {
  readonly asked: string;
  readonly answer: Pick<Answer, 'status' | 'text'>;
  readonly expected: readonly [status: number, content?: readonly string[]];
  readonly content?: readonly string[] | undefined;
}

interface Side {
  readonly model: OrganisationModel;
  readonly clients: Client[];
  readonly userIds: string[];
}

const newCanary = (): string => `canary${randomBytes(6).toString('hex')}`;
const userName = (user: number): string => `user ${user}`;
const placed = ({ workspace, name }: { workspace: string; name: string }): string => at({ workspace, project: name });

/** Three organisations of the running product, each beside its model. */
export class AccessWorld {
  private readonly sides: Side[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'ai-memory-steps-'));

  async begin(topology: Topology): Promise<void> {
    for (let index = 0; index < ORGANISATIONS; index += 1) this.sides.push(await begun(topology));
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The canaries that an actor may not meet: of the other organisations, of projects that they may not read, and of erased ones. */
  forbidden({ organisation, user }: Step): string[] {
    return this.sides.flatMap(({ model }, index) => [...model.erased, ...model.projects.filter((project) => index !== organisation || model.level(user, project) === 'none')].map(({ canary }) => canary));
  }

  /** Does it, in the product and in the model. */
  async take(step: Step): Promise<Trial> {
    const side = this.sides[step.organisation]!;
    const project = side.model.at(step.workspace, step.name);
    const attempt = { ...side, step, project, path: placed(step), client: side.clients[step.user]! };
    switch (step.act.kind) {
      case 'write': return write(attempt, step.act);
      case 'read': return read(attempt, step.act);
      case 'delete': return remove(attempt, step.act);
      case 'list': return list(attempt, step.act);
      case 'query': return this.query(attempt, step.act);
      case 'push': return push(attempt, step.act, mkdtempSync(join(this.folder, 'clone-')));
      case 'make': return make(attempt);
      case 'erase': return erase(attempt);
      case 'grant': return grant(attempt, step.act);
      case 'revoke': return revoke(attempt, step.act);
      case 'move': return move(attempt, step.act.workspace, step.act.name);
      case 'rename': return move(attempt, step.workspace, step.act.name);
      case 'visibility': return setVisibility(attempt, step.act);
      case 'preset': return preset(attempt, step.act);
      case 'team': return team(attempt, step.act);
      case 'role': return setRole(attempt, step.act);
    }
  }

  /** For the words of any project of anybody: what is found is in projects that the actor may read. The index may lag, so that more is not expected. */
  private async query({ client, model, step }: Attempt, { of, ofOrganisation }: Act<'query'>): Promise<Trial> {
    const { projects } = this.sides[ofOrganisation]!.model;
    const canary = projects[of % Math.max(1, projects.length)]?.canary ?? 'words';
    const asked = `/search?limit=100&q=words+of+${canary}`;
    const answer = await client.get<{ hits: { scope: { workspace: string; project: string } }[] }>(`${API}${asked}`);
    const readable = model.readable(step.user).map(placed);
    const strange = (answer.json?.hits ?? []).map(({ scope }) => at(scope)).filter((path) => !readable.includes(path));
    return { asked, answer, expected: [200, []], content: strange };
  }
}

interface Attempt extends Side {
  readonly step: Step;
  readonly project: ModelProject | undefined;
  readonly path: string;
  readonly client: Client;
}

async function begun(topology: Topology): Promise<Side> {
  const { owner } = await newOrganisation(topology);
  const clients: Client[] = [new PatientClient(owner.url, owner.token)];
  const userIds = [''];
  for (const [user, role] of ROLES.entries()) {
    if (user === 0) continue;
    const made = await owner.post<{ user: { user_id: string } }>(`${API}/users`, { name: userName(user), email: 'dev@example.com', role });
    const { json } = await owner.post<{ token: { token: string } }>(`${API}/tokens`, { name: 'x', user_id: made.json.user.user_id });
    clients.push(new PatientClient(owner.url, json.token.token));
    userIds.push(made.json.user.user_id);
  }
  await owner.send('PUT', `${API}/groups/team`);
  const model = new OrganisationModel([...ROLES]);
  for (const workspace of WORKSPACES) {
    await owner.send('PUT', placed({ workspace, name: 'a' }));
    model.projects.push({ workspace, name: 'a', visibility: null, canary: newCanary(), pages: new Set() });
  }
  return { model, clients, userIds };
}

/** Comes again while the machine is too busy to answer in time: what is asked here may be asked twice. */
class PatientClient extends Client {
  override async send<T = Record<string, unknown>>(...request: Parameters<Client['send']>): Promise<Answer<T>> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await super.send<T>(...request);
      if ((answer.status !== 503 && answer.status !== 504) || attempt === ATTEMPTS_MAX) return answer;
    }
  }
}

/** One request, its expected status, and what it does to the model where it is done. */
async function trial(client: Client, [method, path, body]: [string, string, unknown?], status: number, done: (answer: Answer) => void = () => undefined): Promise<Trial> {
  const { text, json, headers, ...given } = await client.send(method, path, body);
  // Made or replaced is all the same here.
  const answer = { text, json, headers, status: given.status === 201 ? 200 : given.status };
  if (answer.status === status && status < 300) done(answer);
  return { asked: `${method} ${path}`, answer, expected: [status] };
}

function textOf({ canary }: ModelProject): string {
  return `The words of ${canary}, ${randomBytes(4).toString('hex')}.`;
}

function write({ client, model, step, project, path }: Attempt, { page }: Act<'write'>): Promise<Trial> {
  const status = model.status(step.user, project, 'write');
  return trial(client, ['PUT', `${path}/pages/${page}`, { title: 'Words', body: project ? textOf(project) : 'Words.' }], status, () => project!.pages.add(page));
}

async function read({ client, model, step, project, path }: Attempt, { page, isTool }: Act<'read'>): Promise<Trial> {
  const seen = model.status(step.user, project, 'read');
  const status = seen === 200 && !project!.pages.has(page) ? 404 : seen;
  if (!isTool) return trial(client, ['GET', `${path}/pages/${page}`], status);
  const call = tool('memory_read_page', { path: page, workspace: step.workspace, project: step.name });
  const { text } = await client.send('POST', '/mcp', call.body, MANNERS);
  return { asked: `memory_read_page ${path}`, answer: { status: text.includes('"isError":true') ? 404 : 200, text }, expected: [status] };
}

function remove({ client, model, step, project, path }: Attempt, { page }: Act<'delete'>): Promise<Trial> {
  return trial(client, ['DELETE', `${path}/pages/${page}`], model.status(step.user, project, 'write'), () => project!.pages.delete(page));
}

async function list({ client, model, step, project, path }: Attempt, { isOfPages }: Act<'list'>): Promise<Trial> {
  const asked = isOfPages ? `${path}/pages?limit=100` : `${API}/projects`;
  const answer = await client.get<{ pages?: { path: string }[]; projects?: { workspace: string; project: string }[] }>(asked);
  const status = isOfPages ? model.status(step.user, project, 'read') : 200;
  if (status !== 200) return { asked, answer, expected: [status] };
  const content = isOfPages ? answer.json?.pages?.map((page) => page.path) : answer.json?.projects?.map(at);
  return { asked, answer, expected: [200, (isOfPages ? [...project!.pages] : model.readable(step.user).map(placed)).toSorted()], content: content?.toSorted() };
}

/** What git itself says: a clone needs that the project may be read, the push that it may be written. */
async function push({ client, model, step, project }: Attempt, { page }: Act<'push'>, folder: string): Promise<Trial> {
  const git = new GitClient(folder);
  const url = `http://any:${client.token}@${client.url.replace('http://', '')}/git/${step.workspace}/${step.name}.git`;
  const cloned = await git.run('clone', '--quiet', url, '.');
  const status = model.status(step.user, project, 'write');
  const asked = `git push ${step.workspace}/${step.name}`;
  if (cloned.exitCode !== 0) return { asked, answer: { status: 404, text: cloned.printed }, expected: [status] };
  await git.commit({ [page]: `---\ntitle: Words\n---\n${project ? textOf(project) : ''}\n` });
  const pushed = await git.run('push', '--quiet', 'origin', 'HEAD:main');
  if (pushed.exitCode === 0 && status === 200) project!.pages.add(page);
  return { asked, answer: { status: pushed.exitCode === 0 ? 200 : 403, text: pushed.printed }, expected: [status] };
}

function make({ client, model, step, project, path }: Attempt): Promise<Trial> {
  const seen = model.status(step.user, project, 'write');
  // Viewers make none, and so are told the same of a name that is taken and of one that is free.
  const status = seen !== 404 ? seen : model.roles[step.user] === 'viewer' ? 403 : project ? 404 : 200;
  return trial(client, ['PUT', path], status, () => {
    if (project) return;
    const made: ModelProject = { workspace: step.workspace, name: step.name, visibility: null, canary: newCanary(), pages: new Set() };
    model.projects.push(made);
    if (model.preset === 'restricted' && model.roles[step.user] === 'member') model.grant(made, step.user, 'admin', 'as maker');
  });
}

function erase({ client, model, step, project, path }: Attempt): Promise<Trial> {
  return trial(client, ['DELETE', `${path}?confirm=${step.workspace}/${step.name}`], model.status(step.user, project, 'admin'), () => model.erase(project!));
}

function place({ step, model, project, path }: Attempt, isWhole: boolean): { on: ModelProject | string | undefined; at: string; status: number } {
  if (isWhole) return { on: step.workspace, at: `${API}/workspaces/${step.workspace}/grants`, status: model.isAdmin(step.user) ? 200 : 403 };
  return { on: project, at: `${path}/grants`, status: model.status(step.user, project, 'admin') };
}

function grant(attempt: Attempt, { isWhole, to, level }: Act<'grant'>): Promise<Trial> {
  const { on, at: path, status } = place(attempt, isWhole);
  const grantee = to === 'team' ? { group: 'team' } : { user: to === 0 ? 'dev' : userName(to) };
  return trial(attempt.client, ['PUT', path, { ...grantee, level }], status, ({ json }) => attempt.model.grant(on!, to, level as AccessLevel, (json as { grant: { grant_id: string } }).grant.grant_id));
}

function revoke(attempt: Attempt, { isWhole }: Act<'revoke'>): Promise<Trial> {
  const { on, at: path, status } = place(attempt, isWhole);
  const latest = on === undefined ? undefined : attempt.model.latestGrant(on);
  const grantId = latest && latest.grantId !== 'as maker' ? latest.grantId : '00000000-0000-4000-8000-000000000000';
  return trial(attempt.client, ['DELETE', `${path}/${grantId}`], status === 200 && grantId !== latest?.grantId ? 404 : status, () => attempt.model.revoke(grantId));
}

function move({ client, model, step, project, path }: Attempt, workspace: string, name: string): Promise<Trial> {
  const isElsewhere = workspace !== step.workspace;
  const taken = model.at(workspace, name);
  const seen = model.status(step.user, project, 'admin');
  const allowed = seen === 200 && isElsewhere && !model.isAdmin(step.user) ? 403 : seen;
  return trial(client, ['POST', `${path}/move`, { workspace, project: name }], allowed === 200 && taken && taken !== project ? 409 : allowed, () => Object.assign(project!, { workspace, name }));
}

function setVisibility({ client, model, step, project, path }: Attempt, { visibility }: Act<'visibility'>): Promise<Trial> {
  return trial(client, ['PUT', `${path}/visibility`, { visibility: visibility ?? 'default' }], model.status(step.user, project, 'admin'), () => Object.assign(project!, { visibility }));
}

function preset({ client, model, step }: Attempt, { visibility }: Act<'preset'>): Promise<Trial> {
  return trial(client, ['PUT', `${API}/organisation`, { project_visibility: visibility }], model.isAdmin(step.user) ? 200 : 403, () => Object.assign(model, { preset: visibility }));
}

function team({ client, model, step, userIds }: Attempt, { who, isIn }: Act<'team'>): Promise<Trial> {
  if (who === 0) return trial(client, ['GET', `${API}/groups/team`], model.isAdmin(step.user) ? 200 : 403);
  return trial(client, [isIn ? 'PUT' : 'DELETE', `${API}/groups/team/members/${userIds[who]}`], model.isAdmin(step.user) ? 200 : 403, () => void (isIn ? model.team.add(who) : model.team.delete(who)));
}

function setRole({ client, model, step, userIds }: Attempt, { who, role }: Act<'role'>): Promise<Trial> {
  return trial(client, ['PUT', `${API}/users/${userIds[who]}/role`, { role }], model.isAdmin(step.user) ? 200 : 403, () => void (model.roles[who] = role as Role));
}
