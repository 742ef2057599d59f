import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Response } from 'express';
import { Fault } from '#libs/faults';
import { Sweeper } from '#libs/runtime';
import type { TenantScope } from '#libs/tenancy';
import type { Credential } from './token-cache.js';

/** With the two seconds of a missed signal still well within the five that are promised. */
const EVERY_MS = 2_000;

/**
 * Answers that go on: streams of MCP, packs of git, archives. One ends in the middle where its caller may not go on: the
 * token was revoked or has expired, the user was disabled, or may do something else by now.
 */
@Injectable()
export class OpenAnswers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly open = new Map<Response, Credential>();
  private readonly sweeper = new Sweeper('open-answers', EVERY_MS, () => this.review());

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
  }

  watch(response: Response, credential: Credential): void {
    if (!credential.again) return;
    this.open.set(response, credential);
    response.once('close', () => this.open.delete(response));
  }

  /** Of one organisation, or all. What has not begun to answer yet was asked in time, and is looked at once it has. */
  async review(organisationId?: string): Promise<void> {
    const begun = [...this.open].filter(([response, { scope }]) => response.headersSent && (organisationId === undefined || scope.organisationId === organisationId));
    await Promise.all(begun.map(async ([response, credential]) => {
      if (!(await isStill(credential))) response.destroy();
    }));
  }
}

/** Whoever asks and what they may, wherever the request came from. */
function rightsOf({ organisationId, actor, access }: TenantScope): string {
  return JSON.stringify({ organisationId, actor, access });
}

/** While the database doesn't answer, nobody is known to be refused. */
async function isStill({ scope, again }: Credential): Promise<boolean> {
  try {
    const now = await again!();
    return now !== null && rightsOf(now.scope) === rightsOf(scope);
  } catch (error) {
    return !(error instanceof Fault && error.kind === 'unauthenticated');
  }
}
