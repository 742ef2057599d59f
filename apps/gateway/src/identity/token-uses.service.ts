import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { Sweeper } from '#libs/runtime';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { type TokenUse, TokensRepository } from './tokens.repository.js';

const FLUSH_MS = 10_000;
/** A token's use is written at most so often. */
const WRITE_MS = 15 * 60_000;
const TOKENS_MAX = 10_000;

/** When and from where tokens were last used: written after the answer, in batches. A crash loses the last ten seconds of it. */
@Injectable()
export class TokenUsesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** When each token's use was last taken down here. */
  private readonly noted = new Map<string, number>();
  private waiting = new Map<string, TokenUse[]>();
  private readonly sweeper = new Sweeper('token-uses', FLUSH_MS, () => this.flush());

  constructor(private readonly db: TenantDb, private readonly tokens: TokensRepository) {}

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await this.flush();
  }

  note({ organisationId }: TenantScope, tokenId: string | null, address = 'unknown', now = Date.now()): void {
    if (tokenId === null || (this.noted.get(tokenId) ?? 0) > now - WRITE_MS) return;
    this.noted.delete(tokenId);
    if (this.noted.size >= TOKENS_MAX) this.noted.delete(this.noted.keys().next().value!);
    this.noted.set(tokenId, now);
    this.waiting.set(organisationId, [...(this.waiting.get(organisationId) ?? []), { tokenId, at: new Date(now), from: address }]);
  }

  /** What can't be written is lost: it is not worth keeping. */
  async flush(): Promise<void> {
    const waiting = this.waiting;
    this.waiting = new Map();
    for (const [organisationId, uses] of waiting) await this.db.run(scopeOfService(organisationId, 'gateway'), (tx) => this.tokens.noteUses(tx, uses));
  }
}
