import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { PUSH_BYTES_MAX } from '#libs/contracts';
import type { BareRepository } from '../repositories/bare-repository.js';
import { syncFolder } from '../repositories/durable-files.js';

export const QUARANTINE_PREFIX = 'incoming-';
const INDEX_TIMEOUT_MS = 60_000;
/** A pack may not be seen without its index, so that comes last. */
const LAST_SUFFIX = '.idx';

/** Objects of a push, beside a repository's own and no part of it, until `release`. */
export class Quarantine {
  /** The repository as it would be with these objects. */
  readonly repository: BareRepository;

  private constructor(private readonly home: BareRepository, private readonly folder: string) {
    this.repository = home.withObjects({ GIT_OBJECT_DIRECTORY: folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: join(home.directory, 'objects') });
  }

  static async open(home: BareRepository): Promise<Quarantine> {
    return new Quarantine(home, await mkdtemp(join(home.directory, 'objects', QUARANTINE_PREFIX)));
  }

  /** Takes a pack in. Returns git's complaint where it is broken, or holds broken objects. */
  async take(pack: Readable): Promise<string | null> {
    const args = ['--stdin', '--fix-thin', '--strict', `--max-input-size=${PUSH_BYTES_MAX}`];
    const { exitCode, stderr } = await this.repository.run(['index-pack', ...args], { input: pack, timeoutMs: INDEX_TIMEOUT_MS, exitCodes: [0, 1, 128] });
    return exitCode === 0 ? null : complaintIn(stderr);
  }

  /** Whether everything that a commit needs is here or in the repository. */
  async isComplete(commit: string): Promise<boolean> {
    const { exitCode } = await this.repository.run(['rev-list', '--objects', '--quiet', commit, '--not', '--all'], { timeoutMs: INDEX_TIMEOUT_MS, exitCodes: [0, 1, 128] });
    return exitCode === 0;
  }

  /** Makes the objects part of the repository. They are on disk before, and found under their names after. */
  async release(): Promise<void> {
    const names = await readdir(join(this.folder, 'pack')).catch(() => []);
    const target = join(this.home.directory, 'objects', 'pack');
    for (const name of names.toSorted((a, b) => Number(a.endsWith(LAST_SUFFIX)) - Number(b.endsWith(LAST_SUFFIX)))) await rename(join(this.folder, 'pack', name), join(target, name));
    await syncFolder(target);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

function complaintIn(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => /^(fatal|error): /.test(line));
  return (lines.at(-1) ?? 'the pack is not readable').replace(/^(fatal|error): /, '').slice(0, 300);
}
