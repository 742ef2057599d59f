import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { isPagePath } from '#libs/wiki-format';
import { AdmissionService } from '../admission/admission.service.js';
import { offeredFile } from '../admission/offered-page.js';
import { BRANCH } from '../repositories/branch-lock.js';
import { FILE_BYTES_MAX } from '../repositories/page-row.js';
import { type HeldRepository, type Project, RepositoriesService } from '../repositories/repositories.service.js';
import { PurgesRepository } from '../repositories/purges.repository.js';
import { RepositoryStore } from '../repositories/repository-store.js';
import { type PushOutcome, pushReport } from './push-answer.js';
import { COMMITS_MAX, problemsOfPush } from './push-check.js';
import { COMMANDS_BYTES_MAX, parsePushRequest, type PushCommand } from './push-request.js';
import { Quarantine } from './quarantine.js';

const PATHS_SHOWN_MAX = 5;
const TAKEN_IN: PushOutcome = { refused: null, messages: [] };

/** Takes a push in as a whole, or leaves everything as it was. */
@Injectable()
export class PushService {
  constructor(
    private readonly db: TenantDb, private readonly repositories: RepositoriesService, private readonly store: RepositoryStore, private readonly purges: PurgesRepository,
    private readonly admission: AdmissionService,
  ) {}

  /** Checks the push in `file`, and answers as the client's git understands it. */
  async receive(scope: TenantScope, project: Project, file: string): Promise<Buffer> {
    const push = parsePushRequest(await beginningOf(file));
    if (!push) return pushReport([], refusal('not understood', 'This is no push that the server understands.'), false);
    if (push.commands.length === 0) return Buffer.alloc(0);
    const outcome = refusalOf(push.commands) ?? (await this.bring(scope, project, push.commands[0]!, file, push.packOffset));
    return pushReport(push.commands.map(({ ref }) => ref), outcome, push.hasSideBand);
  }

  private async bring(scope: TenantScope, project: Project, { from, to }: PushCommand, file: string, packOffset: number): Promise<PushOutcome> {
    if (!userOf(scope)) throw new Fault(NOT_FOUND);
    const repository = this.store.open({ organisationId: scope.organisationId, projectId: project.projectId });
    await this.store.ensure(repository);
    const quarantine = await Quarantine.open(repository);
    try {
      const complaint = await quarantine.take(createReadStream(file, { start: packOffset }));
      if (complaint) return refusal('unpacker error', `git can not take the objects: ${complaint}.`);
      const refused = (await checked(quarantine, from, to!)) ?? (await this.purgedIn(scope, project, quarantine, from, to!)) ?? (await this.refusedByWebhook(scope, project, quarantine, from, to!));
      return refused ?? (await this.repositories.exclusively(scope, project, (held) => move(held, scope, project, quarantine, from, to!)));
    } finally {
      await quarantine.remove();
    }
  }

  /** What the branch would hold then that it does not now. Commits come as they are: a webhook may refuse, and change nothing. */
  private async refusedByWebhook(scope: TenantScope, { projectId, projectName }: Project, { repository }: Quarantine, from: string | null, to: string): Promise<PushOutcome | undefined> {
    const before = new Map(from === null ? [] : (await repository.files(from)).map(({ path, blob }) => [path, blob]));
    const after = await repository.files(to);
    const changed = after.filter(({ path, blob }) => isPagePath(path) && before.get(path) !== blob);
    const contents = await repository.contents(changed.map(({ blob }) => blob), FILE_BYTES_MAX);
    const kept = new Set(after.map(({ path }) => path));
    const gone = [...before.keys()].filter((path) => isPagePath(path) && !kept.has(path)).map((path) => ({ path, frontmatter: {}, body: '', isDeleted: true }));
    const { name, email } = userOf(scope)!;
    const offer = { projectId, projectName, door: 'push' as const, by: 'person' as const, author: { name, email, agent: null, sessionId: null } };
    const pages = [...changed.map(({ path, blob }) => offeredFile(path, contents.get(blob)!)), ...gone];
    return this.admission.admit(scope, offer, pages, true).then(() => undefined, (error: unknown) => {
      if (error instanceof Fault && error.code.startsWith('webhook.')) return refusal('refused by a webhook', error.sentence);
      throw error;
    });
  }

  /** A clone of before a purge still has what was purged; nothing brings it back. */
  private async purgedIn(scope: TenantScope, { projectId }: Project, { repository }: Quarantine, from: string | null, to: string): Promise<PushOutcome | undefined> {
    const commits = await repository.everyCommit(from, to, COMMITS_MAX);
    const changes = commits.flatMap((commit) => commit.changes);
    const purged = await this.db.run(scope, (tx) => this.purges.purgedAmong(tx, projectId, [...changes.map(({ blob }) => blob), ...commits.map(({ commit }) => commit)]));
    if (commits.some(({ commit }) => purged.has(commit))) return refusal('purged', 'The push would bring back the name of somebody who was erased here: clone anew, and bring your changes there.');
    const paths = [...new Set(changes.filter(({ blob }) => purged.has(blob)).map(({ path }) => path))];
    return paths.length > 0 ? refusal('purged', `The push would bring back what was purged here (${paths.slice(0, PATHS_SHOWN_MAX).join(', ')}): clone anew, and bring your changes there.`) : undefined;
  }
}

async function checked(quarantine: Quarantine, from: string | null, to: string): Promise<PushOutcome | undefined> {
  if (!(await quarantine.isComplete(to))) return refusal('missing objects', 'The push lacks objects that its commits need.');
  if (from && !(await quarantine.repository.isAncestor(from, to))) return refusal('non-fast-forward', 'History is never rewritten here: fetch, merge or rebase onto it, and push again.');
  const problems = await problemsOfPush(quarantine.repository, from, to);
  return problems.length > 0 ? { refused: 'not accepted', messages: problems } : undefined;
}

/** The check was against `from`; where the branch has moved meanwhile, what was pushed does not follow on it any more. */
async function move(held: HeldRepository, scope: TenantScope, { projectName }: Project, quarantine: Quarantine, from: string | null, to: string): Promise<PushOutcome> {
  if (held.head !== from) return refusal('fetch first', 'Somebody else has written meanwhile: fetch, merge or rebase, and push again.');
  await quarantine.release();
  await held.advance(to, userOf(scope)!);
  await recordAudit(held.tx, scope, { action: 'git.pushed', target: `project:${projectName}`, before: { commit: from }, after: { commit: to } });
  return TAKEN_IN;
}

function refusalOf(commands: readonly PushCommand[]): PushOutcome | undefined {
  if (commands.length !== 1 || commands[0]!.ref !== BRANCH) return refusal('only main', 'There is one branch, main, and there are no tags: git push origin HEAD:main');
  return commands[0]!.to === null ? refusal('deletion prohibited', 'The branch can not be deleted.') : undefined;
}

function refusal(refused: string, message: string): PushOutcome {
  return { refused, messages: [message] };
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(COMMANDS_BYTES_MAX), 0, COMMANDS_BYTES_MAX, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
