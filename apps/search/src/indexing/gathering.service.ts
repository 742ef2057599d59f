import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SEVERAL_SESSIONS_MAX } from '#libs/contracts';
import { BackgroundTurns } from '#libs/runtime';
import type { TenantScope } from '#libs/tenancy';
import { IndexingService } from './indexing.service.js';

/** An event waits so long for others of its project. A transaction for many sessions costs little more than for one, and takes as much from those who capture meanwhile. */
const WAIT_MS = 40;

/** Sessions of a project that are to be taken in together. */
interface Gathered {
  /** Up to where, at least, by session. */
  upTo: Map<string, number>;
  done: Promise<void>;
}

/** Takes in together what is announced of a project's sessions at about the same time; one batch of a project after the other. */
@Injectable()
export class GatheringService {
  private readonly open = new Map<string, Gathered>();
  private readonly last = new Map<string, Promise<void>>();
  private readonly turns = new BackgroundTurns();

  constructor(private readonly indexing: IndexingService) {}

  /** Resolves once the session is in the index up to the sequence. Where not all could be taken in together, each is tried by itself. */
  async add(scope: TenantScope, projectId: string, sessionId: string, sequence: number): Promise<void> {
    const name = `${scope.organisationId}/${projectId}`;
    const gathered = this.open.get(name) ?? this.begin(name, scope, projectId);
    gathered.upTo.set(sessionId, Math.max(sequence, gathered.upTo.get(sessionId) ?? 0));
    if (gathered.upTo.size >= SEVERAL_SESSIONS_MAX) this.open.delete(name);
    await gathered.done.catch(() => this.indexing.indexSession(scope, projectId, sessionId, sequence));
  }

  private begin(name: string, scope: TenantScope, projectId: string): Gathered {
    const upTo = new Map<string, number>();
    const done = this.due(this.last.get(name)).then(() => this.turns.run(() => {
      // From here on no more is added.
      if (this.open.get(name)?.upTo === upTo) this.open.delete(name);
      return this.indexing.indexSessions(scope, projectId, upTo);
    }));
    this.last.set(name, done);
    // Nothing is kept of a project in which nothing happens.
    void done.catch(() => undefined).finally(() => this.last.get(name) === done && this.last.delete(name));
    const gathered = { upTo, done };
    this.open.set(name, gathered);
    return gathered;
  }

  private async due(before: Promise<void> | undefined): Promise<void> {
    await setTimeout(WAIT_MS);
    await before?.catch(() => undefined);
  }
}
