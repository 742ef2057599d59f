import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { WIKI_GIT_CONFIG, type WikiGitConfig } from '../wiki-git.config.js';
import { BareRepository } from './bare-repository.js';
import { BRANCH } from './branch-lock.js';
import { syncFile, syncFolder } from './durable-files.js';
import { Git } from '../git/git.js';

const PRIVATE_FOLDER = 0o700;
/** Stands for every project that has no repository yet, and is what each begins as. */
const EMPTY = '.empty.git';
/** Of a repository that is being erased: its name is free at once, however long its files take to go. */
const ERASED_SUFFIX = '.erased';

/** Also what a person's git in that folder, and a push into it, must keep to. Reflogs remember where the branch stood. */
const SETTINGS = `
[core]
\tfsync = all
\tlogAllRefUpdates = true
\thooksPath = /dev/null
[gc]
\tauto = 0
[receive]
\tdenyNonFastForwards = true
\tdenyDeletes = true
\tfsckObjects = true
`;

export interface RepositoryName {
  readonly organisationId: string;
  readonly projectId: string;
}

/** Where the repositories are: one folder per organisation, one bare repository per project in it. */
@Injectable()
export class RepositoryStore {
  constructor(@Inject(WIKI_GIT_CONFIG) private readonly config: WikiGitConfig, private readonly git: Git) {}

  /** Both ids must be UUIDs; the repository need not exist. */
  open({ organisationId, projectId }: RepositoryName): BareRepository {
    const [organisation, project] = [organisationId, projectId].map((id) => z.uuid().parse(id).toLowerCase());
    return new BareRepository(this.git, join(this.root, organisation!, `${project!}.git`));
  }

  /** For who only reads: a project without pages reads like a repository without commits, and none is made for it. */
  async readable(name: RepositoryName): Promise<BareRepository> {
    const repository = this.open(name);
    if (repository.exists) return repository;
    await this.ensureEmpty();
    return this.empty;
  }

  /** Makes the repository where there is none: whole and on disk, or not at all. */
  async ensure(repository: BareRepository): Promise<void> {
    if (repository.exists) return;
    await this.ensureEmpty();
    // To copy files costs a hundredth of what to start git does.
    await this.make(repository.directory, (fresh) => cp(this.empty.directory, fresh, { recursive: true }));
  }

  private async ensureEmpty(): Promise<void> {
    if (this.empty.exists) return;
    await this.make(this.empty.directory, async (fresh) => {
      // Objects and branch are written by our own hand too: whatever git takes for its defaults one day, these are files named by SHA-1.
      await this.git.run(fresh, ['init', '--quiet', '--bare', '--template=', '--object-format=sha1', `--initial-branch=${BRANCH.slice('refs/heads/'.length)}`, '--end-of-options', fresh], { environment: { GIT_DEFAULT_REF_FORMAT: 'files' } });
      await writeFile(join(fresh, 'config'), SETTINGS, { flag: 'a' });
      await writeFile(join(fresh, 'description'), '\n');
    });
  }

  private async make(directory: string, fill: (fresh: string) => Promise<void>): Promise<void> {
    const parent = dirname(directory);
    await mkdir(parent, { recursive: true, mode: PRIVATE_FOLDER });
    const fresh = await mkdtemp(join(parent, '.new-'));
    try {
      await fill(fresh);
      await syncTree(fresh);
      // Of several at once one is first; the others' are as good.
      await rename(fresh, directory).catch((error: unknown) => ignoreTaken(error));
      for (const folder of new Set([parent, this.root])) await syncFolder(folder);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }

  /** Takes a repository from the disk, for good; false where there is none. */
  async erase(name: RepositoryName): Promise<boolean> {
    const { directory } = this.open(name);
    const doomed = `${directory}${ERASED_SUFFIX}`;
    const isThere = await rename(directory, doomed).then(() => true, (error: unknown) => ignoreAbsent(error));
    await rm(doomed, { recursive: true, force: true });
    return isThere;
  }

  /** Takes the organisation's folder, with whatever a crash has left in it. */
  async eraseOrganisation(organisationId: string): Promise<void> {
    await rm(join(this.root, z.uuid().parse(organisationId).toLowerCase()), { recursive: true, force: true });
  }

  /** Every repository on disk, whether the database knows it or not. */
  async list(): Promise<RepositoryName[]> {
    const found: RepositoryName[] = [];
    for (const organisationId of (await namesIn(this.root)).filter(isUuid)) {
      const projects = (await namesIn(join(this.root, organisationId))).filter((name) => name.endsWith('.git')).map((name) => name.slice(0, -'.git'.length));
      found.push(...projects.filter(isUuid).map((projectId) => ({ organisationId, projectId })));
    }
    return found;
  }

  private get empty(): BareRepository {
    return new BareRepository(this.git, join(this.root, EMPTY));
  }

  private get root(): string {
    return join(this.config.AI_MEMORY_DATA_DIR, 'repositories');
  }
}

function isUuid(name: string): boolean {
  return z.uuid().safeParse(name).success;
}

function ignoreAbsent(error: unknown): boolean {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
  throw error;
}

function ignoreTaken(error: unknown): void {
  if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) await syncFile(join(entry.parentPath, entry.name));
  for (const entry of entries.filter((each) => each.isDirectory())) await syncFolder(join(entry.parentPath, entry.name));
  await syncFolder(folder);
}
