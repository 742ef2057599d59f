import { Fault } from '#libs/faults';
import { type GitObject, gitObject } from '../objects/git-object.js';
import { WorkingTree } from '../objects/working-tree.js';
import type { BareRepository } from './bare-repository.js';
import type { LoggedCommit } from './git-log.js';
import { measuredGit } from '../git/git-metrics.js';
import type { HeadRow } from './heads.repository.js';
import { commitObject, loggedCommit, type NewCommit } from './new-commit.js';
import type { HeadMove } from './projection.service.js';
import type { Project } from './repositories.service.js';
import type { RecentObjects } from './recent-objects.js';
import type { RepositoryStore } from './repository-store.js';
import { GIT_FAILED } from '../git/git.faults.js';

/** The commits that are made while a repository is held: each its own, together one pack and one move of the branch. */
export class CommitRound {
  private tree: WorkingTree | undefined;
  private readonly made: LoggedCommit[] = [];
  private readonly objects: GitObject[] = [];
  private readonly contents = new Map<string, Buffer>();

  constructor(
    private readonly store: RepositoryStore, private readonly recent: RecentObjects, private readonly repository: BareRepository, private readonly project: Project,
    private readonly from: HeadRow | undefined,
  ) {}

  /** The commit's id. It follows on the one before; the first on the head. Nothing has happened yet. */
  async add(commit: NewCommit): Promise<string> {
    this.tree ??= await this.open();
    const blobs = commit.writes.map(({ content }) => gitObject('blob', content));
    const files = commit.writes.map(({ path }, index) => ({ path, blob: blobs[index]!.id }));
    const trees = await this.tree.change(files, commit.deletes);
    const committedAt = new Date();
    const made = commitObject(commit, trees.at(-1)!.id, this.made.at(-1)?.commit ?? this.from?.head ?? null, committedAt);
    this.objects.push(...blobs, ...trees, made);
    this.made.push(loggedCommit(made.id, commit, files, committedAt));
    for (const { id, content } of blobs) this.contents.set(id, content);
    return made.id;
  }

  /**
   * Projects the commits, then moves the branch: where that fails it has not moved, and where the machine stops in between
   * git is ahead. When this resolves objects and branch are on disk.
   */
  async finish(project: (move: HeadMove, contents: ReadonlyMap<string, Buffer>) => Promise<unknown>): Promise<void> {
    if (this.made.length === 0) return;
    const { projectId, projectName } = this.project;
    const [from, to] = [this.from?.head ?? null, this.made.at(-1)!.commit];
    // Disk and database work at the same time: neither shows anything before the branch moves.
    const [staged, projected] = await Promise.allSettled([
      measuredGit('commit', () => this.repository.stage(this.objects, from, to)),
      project({ projectId, projectName, from: this.from, to, made: this.made }, this.contents),
    ]);
    if (staged.status === 'rejected') throw asFault(staged.reason);
    if (projected.status === 'rejected') {
      await staged.value.release();
      throw projected.reason;
    }
    await staged.value.move().catch((error: unknown) => {
      throw asFault(error);
    });
    this.recent.add(this.repository, this.objects.filter(({ kind }) => kind !== 'blob'));
  }

  private async open(): Promise<WorkingTree> {
    await this.store.ensure(this.repository);
    if (this.from?.project_name !== this.project.projectName) await this.repository.describe(this.project.projectName);
    const read = (ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> => this.recent.read(this.repository, ids);
    return new WorkingTree(this.from ? treeIn((await read([this.from.head])).get(this.from.head)!) : null, read);
  }
}

function treeIn(commit: Buffer): string {
  return commit.toString('latin1', 'tree '.length, 'tree '.length + 40);
}

/** A disk that is full, or away. */
function asFault(error: unknown): unknown {
  return error instanceof Error && 'syscall' in error ? new Fault(GIT_FAILED, { cause: error, detail: error.message, retryAfterSeconds: 5 }) : error;
}
