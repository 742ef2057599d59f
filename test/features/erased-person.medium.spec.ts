import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  BeginHandoff, CaptureEvents, type CapturedEvent, FinalizeSession, ListPages, ListPurges, ReadHistory, SearchMemories, SendMessage, WriteFeedback, WritePages, WriteSlot,
} from '#libs/contracts';
import { accessOfRole, scopeOfCredential, type TenantScope, userOf } from '#libs/tenancy';
import { createTestDatabase, eventually, runForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { ErasuresModule } from '../../apps/gateway/src/erasures/erasures.module.js';
import { UserErasuresService } from '../../apps/gateway/src/erasures/user-erasures.service.js';
import { HoldsService } from '../../apps/gateway/src/erasures/holds.service.js';
import { IdentityService } from '../../apps/gateway/src/identity/identity.service.js';
import { ProjectResolver } from '../../apps/gateway/src/projects/project-resolver.service.js';
import { ProjectsModule } from '../../apps/gateway/src/projects/projects.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { SearchModule } from '../../apps/search/src/search.module.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

const NAME = 'zwitscherling';
const EMAIL = 'zwitscherling@vogel.test';
const SAID = 'krimskrams';
const CWD = '/home/dev/shop';
const ORGANISATION = randomUUID();
let dataDir: string;
let database: TestDatabase;
let running: TestProcess;
let owner: TenantScope;
let person: TenantScope;
let ids: { workspaceId: string; projectId: string };

const scopeOf = (userId: string, name: string, email: string, role: 'owner' | 'member'): TenantScope =>
  scopeOfCredential(ORGANISATION, { type: 'user', userId, name, email, role, isOperator: false }, accessOfRole(role));
const get = <T>(type: new (...args: never[]) => T): T => running.app.get(type, { strict: false });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-erased-'));
  vi.stubEnv('AI_MEMORY_DATA_DIR', dataDir);
  vi.stubEnv('AI_MEMORY_SECRET_KEY', 'a secret key of thirty-two chars!');
  database = await createTestDatabase();
  running = await runForTest(database.db, [ProjectsModule, ErasuresModule, IngestModule, CompilerModule, WikiGitModule, SearchModule]);
  owner = scopeOf(randomUUID(), 'dev', 'dev@example.com', 'owner');
  await database.db.run(owner, async (tx) => {
    await tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, 'acme']);
    await tx.query("INSERT INTO identity.users (organisation_id, user_id, name, email, role, is_operator) VALUES ($1, $2, 'dev', 'dev@example.com', 'owner', false)", [tx.organisationId, userOf(owner)!.userId]);
  });
  const { user_id: userId } = await get(IdentityService).createUser(owner, { name: NAME, email: EMAIL, role: 'member' });
  person = scopeOf(userId, NAME, EMAIL, 'member');
  ids = await get(ProjectResolver).ensure(owner, { cwd: CWD, workspace: 'acme', project: 'shop' });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

const event = (kind: CapturedEvent['kind'], body: string): CapturedEvent => ({ kind, sourceEvent: kind, occurredAt: new Date().toISOString(), title: body, body, isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false });
const project = () => ({ projectId: ids.projectId, projectName: 'acme/shop' });
const write = (scope: TenantScope, path: string, body: string, frontmatter: Record<string, string> = {}) => {
  const { name, email } = userOf(scope)!;
  return running.bus.ask(scope, WritePages, { ...project(), pages: [{ path, frontmatter, body }], message: `Write ${path}`, author: { name, email } });
};

async function session(scope: TenantScope, text: string): Promise<string> {
  const { sessionId } = await running.bus.ask(scope, CaptureEvents, { ...ids, agent: 'codex', nativeSessionId: randomUUID(), cwd: CWD, events: [event('user-prompt', text)] });
  await running.bus.ask(scope, FinalizeSession, { sessionId });
  await eventually(async () => expect((await running.bus.ask(owner, ListPages, { projectIds: [ids.projectId] })).pages.map(({ path }) => path)).toContain(`sessions/${sessionId}.md`));
  return sessionId;
}

/** Where a text is found: in any object or file of the repository, in any row of any table. */
async function traces(text: string): Promise<string[]> {
  const folder = join(dataDir, 'repositories', ORGANISATION, `${ids.projectId}.git`);
  const git = (...args: string[]): string => execFileSync('git', ['-C', folder, '-c', 'safe.directory=*', ...args], { stdio: 'pipe' }).toString();
  const objects = git('cat-file', '--batch-check=%(objectname)', '--batch-all-objects').split('\n').filter((id) => id && git('cat-file', '-p', id).includes(text)).map((id) => `object ${id}`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name)).filter((file) => readFileSync(file).includes(text));
  const tables = await database.inspect<{ name: string }>(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  const rows = await Promise.all(tables.map(async ({ name }) => ({ name, found: await database.inspect(`SELECT 1 FROM ${name} AS r WHERE r::text LIKE $1`, [`%${text}%`]) })));
  return [...objects, ...files, ...rows.filter(({ found }) => found.length > 0).map(({ name }) => name)];
}

it('waits for a legal hold, for the right name, and keeps the last owner', async () => {
  const erasures = get(UserErasuresService);
  const { hold_id: hold } = await get(HoldsService).place(owner, ids.projectId, 'A case');
  const { userId } = userOf(person)!;
  await expect(erasures.erase(owner, userId, NAME)).rejects.toMatchObject({ code: 'erasure.on-hold' });
  await get(HoldsService).lift(owner, hold);
  await expect(erasures.erase(owner, userId, 'somebody')).rejects.toMatchObject({ code: 'erasure.not-confirmed' });
  await expect(erasures.erase(owner, userOf(owner)!.userId, 'dev')).rejects.toMatchObject({ code: 'identity.last-owner' });
  await expect(erasures.eraseOneself(person, NAME)).rejects.toMatchObject({ code: 'erasure.not-by-oneself' });
  await erasures.letByOneself(owner, true);
  const agent = scopeOfCredential(ORGANISATION, { ...userOf(person)!, limits: { scopes: ['memory:read'], projectIds: null } }, accessOfRole('member'));
  await expect(erasures.eraseOneself(agent, NAME)).rejects.toMatchObject({ code: 'erasure.whole-credential' });
});

it('leaves no name, address or word of a person in any object, file or row, and what they and others wrote for all stays', async () => {
  await write(owner, 'notes/ours.md', 'Written by the owner');
  await write(person, 'notes/theirs.md', 'Good advice for everybody', { author: NAME, contact: EMAIL });
  const kept = await session(owner, 'Which database do we use?');
  const gone = await session(person, `Mind the ${SAID}`);
  await running.bus.ask(person, WriteSlot, { projectId: ids.projectId, name: 'mine', text: `My ${SAID}` });
  await running.bus.ask(person, BeginHandoff, { projectId: ids.projectId, summary: `Go on with ${SAID}` });
  await running.bus.ask(person, SendMessage, { from: { projectId: ids.projectId, name: 'acme/shop' }, to: { projectId: ids.projectId, name: 'acme/shop' }, recipient: null, body: `About ${SAID}` });
  await running.bus.ask(owner, SendMessage, { from: { projectId: ids.projectId, name: 'acme/shop' }, to: null, recipient: { userId: userOf(person)!.userId, name: NAME }, body: 'For you' });
  const { pages } = await running.bus.ask(owner, ListPages, { projectIds: [ids.projectId] });
  await running.bus.ask(person, WriteFeedback, { projectId: ids.projectId, path: 'notes/ours.md', pageId: pages.find(({ path }) => path === 'notes/ours.md')!.pageId, signal: 'stale', reason: SAID });
  await eventually(async () => expect((await running.bus.ask(owner, SearchMemories, { projectIds: [ids.projectId], query: SAID })).hits.length).toBeGreaterThan(0));
  for (const text of [NAME, EMAIL, SAID]) expect((await traces(text)).length, text).toBeGreaterThan(1);

  const erasures = get(UserErasuresService);
  const { erasure_id: id } = await erasures.eraseOneself(person, NAME);
  await expect(write(person, 'notes/late.md', 'Too late')).rejects.toMatchObject({ kind: 'not-found' });
  await eventually(async () => expect((await erasures.list(owner)).find((each) => each.erasure_id === id)?.finished_at).toBeInstanceOf(Date), 30_000);

  for (const text of [NAME, EMAIL, SAID]) expect(await traces(text), text).toEqual([]);
  const { pages: after } = await running.bus.ask(owner, ListPages, { projectIds: [ids.projectId] });
  const paths = after.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['notes/ours.md', 'notes/theirs.md', `sessions/${kept}.md`]));
  expect(paths).not.toContain(`sessions/${gone}.md`);
  expect(after.find(({ path }) => path === 'notes/theirs.md')).toMatchObject({ author: 'erased user' });
  expect(after.find(({ path }) => path === 'notes/ours.md')).toMatchObject({ author: 'dev' });
  expect(JSON.stringify(await running.bus.ask(owner, ReadHistory, { projectId: ids.projectId, path: 'notes/theirs.md' }))).toContain('erased user');
  expect((await running.bus.ask(owner, SearchMemories, { projectIds: [ids.projectId], query: 'advice', users: ['erased user'] })).hits).toMatchObject([{ path: 'notes/theirs.md' }]);
  expect((await running.bus.ask(owner, ListPurges, {})).purges.every(({ waitingFor }) => waitingFor.length === 0)).toBe(true);
}, 60_000);

it('takes nothing more that is written for them, nor a second erasure', async () => {
  const { userId } = userOf(person)!;
  const message = running.bus.ask(owner, SendMessage, { from: { projectId: ids.projectId, name: 'acme/shop' }, to: null, recipient: { userId, name: NAME }, body: 'Still there?' });
  await expect(message).rejects.toMatchObject({ kind: 'not-found' });
  await expect(get(UserErasuresService).erase(owner, userId, NAME)).rejects.toMatchObject({ kind: 'not-found' });
  expect((await get(IdentityService).createUser(owner, { name: NAME, email: EMAIL, role: 'member' })).user_id).not.toBe(userId);
});
