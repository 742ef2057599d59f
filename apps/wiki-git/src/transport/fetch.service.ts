import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { GIT_CHUNK_BYTES_MAX } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { logger } from '#libs/telemetry';
import type { TenantScope } from '#libs/tenancy';
import { type BareRepository, EMPTY_TREE, GENERATED_FOLDER } from '../repositories/bare-repository.js';
import { Git } from '../git/git.js';
import { GIT_FAILED } from '../git/git.faults.js';
import { RepositoryStore } from '../repositories/repository-store.js';
import { FLUSH, pktLine } from './pkt-line.js';
import { transferKey } from './transfer-key.js';
import { NO_GIT_REQUEST, TRANSFERS_BUSY } from './transport.faults.js';

const TRANSFERS_MAX = 16;
const SILENT_MS_MAX = 60_000;
const STDERR_CHARS_MAX = 2_000;
/** What upload-pack says of a request that is not of its protocol (git's pkt-line.c, serve.c, upload-pack.c, ls-refs.c). */
const NOT_OF_THE_PROTOCOL = /protocol error|hung up|unknown capability|no command|invalid command|already requesting|object format|unexpected|expected flush|not our ref|git upload-pack:/;

interface Transfer {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: AsyncIterator<Buffer>;
  readonly ended: Promise<{ exitCode: number | null; stderr: string }>;
  /** What git has to say to a git client is in its output: an error is part of the protocol. */
  readonly mayEndBadly: boolean;
  rest: Buffer;
  expiry: NodeJS.Timeout;
}

export interface FetchedChunk {
  readonly data: Buffer;
  readonly isLast: boolean;
}

/** Clones and fetches: git's own upload-pack, whose output is taken when the client can take it, and not before. */
@Injectable()
export class FetchService implements BeforeApplicationShutdown {
  private readonly transfers = new Map<string, Transfer>();

  constructor(private readonly db: TenantDb, private readonly git: Git, private readonly store: RepositoryStore) {}

  beforeApplicationShutdown(): void {
    for (const key of this.transfers.keys()) this.end(key);
  }

  async advertisement(repository: BareRepository, isVersion2: boolean): Promise<Buffer> {
    const args = ['--strict', '--stateless-rpc', '--http-backend-info-refs', repository.directory];
    const { stdout } = await this.git.run(repository.directory, ['upload-pack', ...args], { environment: protocolOf(isVersion2) });
    return Buffer.concat([pktLine('# service=git-upload-pack\n'), FLUSH, stdout]);
  }

  /** The first bytes of the answer, and under which id the rest can be had. */
  async begin(scope: TenantScope, projectId: string, isVersion2: boolean, request: Buffer): Promise<FetchedChunk & { transferId: string }> {
    const repository = await this.repository(scope, projectId);
    const child = this.git.start(repository.directory, ['upload-pack', '--strict', '--stateless-rpc', repository.directory], protocolOf(isVersion2));
    child.stdin.on('error', () => undefined).end(request);
    return this.first(scope, projectId, child, true);
  }

  /** The same for an archive of the files of the branch: the same bytes for the same commit. */
  async beginArchive(scope: TenantScope, projectId: string): Promise<FetchedChunk & { transferId: string }> {
    const repository = await this.repository(scope, projectId);
    const tip = await repository.tip();
    await this.db.run(scope, (tx) => recordAudit(tx, scope, { action: 'pages.exported', target: `project:${projectId}`, after: { commit: tip } }));
    const hasPages = tip !== null && (await repository.files(tip)).some(({ path }) => !path.startsWith(GENERATED_FOLDER));
    // git refuses paths that match nothing.
    const what: [string, ...string[]] = hasPages ? [tip, '--', `:(exclude)${GENERATED_FOLDER}`] : [EMPTY_TREE];
    return this.first(scope, projectId, this.git.start(repository.directory, ['archive', '--format=tar.gz', ...what], { GIT_LITERAL_PATHSPECS: '0' }), false);
  }

  /** Throws NOT_FOUND where there is no such transfer, or it has ended. */
  async next(scope: TenantScope, projectId: string, transferId: string): Promise<FetchedChunk> {
    const key = transferKey(scope, projectId, transferId);
    const transfer = this.transfers.get(key);
    if (!transfer) throw new Fault(NOT_FOUND);
    transfer.expiry.refresh();
    const chunks = [transfer.rest];
    let bytes = transfer.rest.length;
    let isLast = false;
    while (bytes <= GIT_CHUNK_BYTES_MAX && !isLast) {
      const { value, done } = await transfer.output.next();
      isLast = done === true;
      if (!done) bytes += chunks[chunks.push(value) - 1]!.length;
    }
    const all = Buffer.concat(chunks);
    transfer.rest = all.subarray(GIT_CHUNK_BYTES_MAX);
    if (!isLast || transfer.rest.length > 0) return { data: all.subarray(0, GIT_CHUNK_BYTES_MAX), isLast: false };
    const { exitCode, stderr } = await transfer.ended;
    this.end(key);
    if (exitCode === 0 || (transfer.mayEndBadly && all.length > 0)) return { data: all, isLast };
    if (transfer.mayEndBadly && NOT_OF_THE_PROTOCOL.test(stderr)) throw new Fault(NO_GIT_REQUEST);
    throw new Fault(GIT_FAILED, { detail: `git ended with ${exitCode}`, retryAfterSeconds: 5 });
  }

  private async repository(scope: TenantScope, projectId: string): Promise<BareRepository> {
    if (this.transfers.size >= TRANSFERS_MAX) throw new Fault(TRANSFERS_BUSY, { retryAfterSeconds: 5 });
    return this.store.readable({ organisationId: scope.organisationId, projectId });
  }

  private async first(scope: TenantScope, projectId: string, child: ChildProcessWithoutNullStreams, mayEndBadly: boolean): Promise<FetchedChunk & { transferId: string }> {
    const transferId = randomUUID();
    const key = transferKey(scope, projectId, transferId);
    this.transfers.set(key, { ...this.transferOf(key, child), mayEndBadly });
    return { ...(await this.next(scope, projectId, transferId)), transferId };
  }

  /** At most one chunk beyond the largest message is held. */
  private transferOf(key: string, child: ChildProcessWithoutNullStreams): Omit<Transfer, 'mayEndBadly'> {
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-STDERR_CHARS_MAX)));
    const ended = new Promise<{ exitCode: number | null; stderr: string }>((resolve) => {
      child.once('error', () => resolve({ exitCode: null, stderr }));
      child.once('close', (exitCode) => {
        if (exitCode !== 0 && exitCode !== null) logger.debug({ exitCode, stderr }, 'git did not like what it was asked');
        resolve({ exitCode, stderr });
      });
    });
    const expiry = setTimeout(() => this.end(key), SILENT_MS_MAX).unref();
    return { child, output: child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>, ended, rest: Buffer.alloc(0), expiry };
  }

  private end(key: string): void {
    const transfer = this.transfers.get(key);
    if (!transfer) return;
    clearTimeout(transfer.expiry);
    this.transfers.delete(key);
    transfer.child.kill('SIGTERM');
  }
}

function protocolOf(isVersion2: boolean): Record<string, string> {
  return isVersion2 ? { GIT_PROTOCOL: 'version=2' } : {};
}
