import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PUSH_BYTES_MAX } from '#libs/contracts';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { WIKI_GIT_CONFIG, type WikiGitConfig } from '../wiki-git.config.js';
import { transferKey } from './transfer-key.js';
import { PUSH_TOO_LARGE, TRANSFERS_BUSY } from './transport.faults.js';

const STAGED_MAX = 16;
const SILENT_MS_MAX = 60_000;

interface StagedPush {
  readonly file: string;
  bytes: number;
  expiry: NodeJS.Timeout;
}

/** Pushes on their way here, each in a file of its own until it is whole. Only who began one can go on with it. */
@Injectable()
export class StagedPushes implements OnModuleInit, BeforeApplicationShutdown {
  private readonly staged = new Map<string, StagedPush>();

  constructor(@Inject(WIKI_GIT_CONFIG) private readonly config: WikiGitConfig) {}

  /** What a process before this one left behind is no use to anybody. */
  async onModuleInit(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.folder)) await rm(join(this.folder, name), { force: true });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.staged.keys()].map((key) => this.drop(key)));
  }

  /** Throws NOT_FOUND for bytes that do not follow on what is there. */
  async append(scope: TenantScope, projectId: string, transferId: string, offset: number, data: Buffer): Promise<void> {
    const key = transferKey(scope, projectId, transferId);
    const push = this.staged.get(key) ?? (offset === 0 ? this.begin(key, transferId) : undefined);
    if (!push || push.bytes !== offset) throw new Fault(NOT_FOUND);
    if (offset + data.length > PUSH_BYTES_MAX) throw new Fault(PUSH_TOO_LARGE);
    push.bytes += data.length;
    push.expiry.refresh();
    const handle = await open(push.file, 'a', 0o600);
    await handle.write(data).finally(() => handle.close());
  }

  /** Hands the whole push to `work`, once. Throws NOT_FOUND where there is none. */
  async take<T>(scope: TenantScope, projectId: string, transferId: string, work: (file: string) => Promise<T>): Promise<T> {
    const key = transferKey(scope, projectId, transferId);
    const push = this.staged.get(key);
    if (!push) throw new Fault(NOT_FOUND);
    clearTimeout(push.expiry);
    try {
      return await work(push.file);
    } finally {
      await this.drop(key);
    }
  }

  private begin(key: string, transferId: string): StagedPush {
    if (this.staged.size >= STAGED_MAX) throw new Fault(TRANSFERS_BUSY, { retryAfterSeconds: 5 });
    const push = { file: join(this.folder, transferId), bytes: 0, expiry: setTimeout(() => void this.drop(key), SILENT_MS_MAX).unref() };
    this.staged.set(key, push);
    return push;
  }

  private async drop(key: string): Promise<void> {
    const push = this.staged.get(key);
    if (!push) return;
    clearTimeout(push.expiry);
    this.staged.delete(key);
    await rm(push.file, { force: true });
  }

  private get folder(): string {
    return join(this.config.AI_MEMORY_DATA_DIR, 'incoming');
  }
}
