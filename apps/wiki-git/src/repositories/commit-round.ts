import type { BareRepository } from './bare-repository.js';
import type { CommitStream } from './commit-stream.js';
import { blobOf, loggedCommit, type NewCommit } from './fast-import-stream.js';
import type { LoggedCommit } from './git-log.js';
import type { HeadRow } from './heads.repository.js';
import type { HeadMove } from './projection.service.js';
import type { Project } from './repositories.service.js';
import type { RepositoryStore } from './repository-store.js';

/** The commits that are made while a repository is held: each its own, together one move of the branch. */
export class CommitRound {
  private stream: CommitStream | undefined;
  private readonly made: LoggedCommit[] = [];
  private readonly contents = new Map<string, Buffer>();

  constructor(private readonly store: RepositoryStore, private readonly repository: BareRepository, private readonly project: Project, private readonly from: HeadRow | undefined) {}

  async add(commit: Omit<NewCommit, 'parent' | 'committedAt'>): Promise<string> {
    this.stream ??= await this.open();
    const whole = { ...commit, parent: this.from?.head ?? null, committedAt: new Date() };
    const id = await this.stream.add(whole);
    this.made.push(loggedCommit(id, whole));
    for (const { content } of commit.writes) this.contents.set(blobOf(content), content);
    return id;
  }

  /** Projects the commits, then moves the branch: where that fails nothing has happened, and where the machine stops in between git is ahead. */
  async finish(project: (move: HeadMove, contents: ReadonlyMap<string, Buffer>) => Promise<unknown>): Promise<void> {
    if (!this.stream) return;
    const { projectId, projectName } = this.project;
    await project({ projectId, projectName, from: this.from, to: this.made.at(-1)!.commit, made: this.made }, this.contents);
    await this.stream.finish();
  }

  abort(): void {
    this.stream?.abort();
  }

  private async open(): Promise<CommitStream> {
    await this.store.ensure(this.repository);
    if (this.from?.project_name !== this.project.projectName) await this.repository.describe(this.project.projectName);
    return this.repository.commits();
  }
}
