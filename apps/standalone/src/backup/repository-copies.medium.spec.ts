import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BareRepository } from '../../../wiki-git/src/repositories/bare-repository.js';
import { BRANCH } from '../../../wiki-git/src/repositories/branch-lock.js';
import { RepositoryCopies } from './repository-copies.js';

const WHO = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' };

let root: string;
let copies: RepositoryCopies;
let repository: BareRepository;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-copies-'));
  copies = copiesBelow('source');
  repository = copies.open({ organisation_id: randomUUID(), project_id: randomUUID() });
  await copies.store.ensure(repository);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function copiesBelow(name: string): RepositoryCopies {
  return new RepositoryCopies({ AI_MEMORY_DATA_DIR: join(root, name), PATH: process.env.PATH! });
}

/** A commit on top of the branch, of a text that does not shrink. */
async function commit(bytes: number): Promise<string> {
  const parent = await repository.tip();
  const run = async (args: [string, ...string[]], input = ''): Promise<string> => (await repository.withObjects(WHO).run(args, { input: Buffer.from(input) })).stdout.toString().trim();
  const blob = await run(['hash-object', '-w', '--stdin'], randomBytes(bytes).toString('hex'));
  const tree = await run(['mktree'], `100644 blob ${blob}\tpage.md\n`);
  const head = await run(['commit-tree', tree, '-m', 'a page', ...(parent ? ['-p', parent] : [])]);
  await repository.run(['update-ref', BRANCH, head]);
  return head;
}

describe('the copy of a repository', () => {
  it('is of the head that was recorded, though the branch has gone on', async () => {
    const recorded = await commit(10);
    const later = await commit(10);
    expect(await copies.headToCopy(repository, recorded)).toBe(recorded);
    const target = copiesBelow('target');
    const file = { organisation_id: randomUUID(), project_id: randomUUID(), head: recorded, recorded_head: recorded, file: 'x', bytes: 0, sha256: '' };
    await target.putBack(file, copies.bundle(repository, recorded));
    const restored = target.open(file);
    await target.checkSound(restored);
    expect(await restored.tip()).toBe(recorded);
    expect(await restored.isAncestor(later, recorded)).toBe(false);
  });

  it('is of what the branch names now, where a purge has rewritten history', async () => {
    await commit(10);
    const tip = await commit(10);
    expect(await copies.headToCopy(repository, 'f'.repeat(40))).toBe(tip);
  });

  it('is whole, however late it is read', async () => {
    const head = await commit(40_000);
    const late = copies.bundle(repository, head);
    // git has long ended by then.
    for (let round = 0; round < 5; round += 1) await copies.checkSound(repository);
    const target = copiesBelow('target');
    const file = { organisation_id: randomUUID(), project_id: randomUUID(), head, recorded_head: head, file: 'x', bytes: 0, sha256: '' };
    await target.putBack(file, Readable.from(late));
    expect(await target.open(file).tip()).toBe(head);
  });
});
