import { Injectable } from '@nestjs/common';
import type { PageFeedback, ParsedInputOf, WriteFeedback } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { defineFault, Fault } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { FeedbackRepository } from './feedback.repository.js';

const USER_NEEDED = defineFault('feedback.user-needed', 'forbidden', 'Feedback is given by people; a service has no opinion.');

/** Who found which version of a page helpful, stale or wrong. */
@Injectable()
export class FeedbackService {
  constructor(private readonly db: TenantDb, private readonly feedback: FeedbackRepository) {}

  /** Replaces what the caller said of the page before. */
  write(scope: TenantScope, { reason = null, ...given }: Omit<ParsedInputOf<typeof WriteFeedback>, 'reason'> & { reason?: string | null | undefined }): Promise<PageFeedback> {
    const user = userOf(scope);
    if (!user) throw new Fault(USER_NEEDED);
    return this.db.run(scope, async (tx) => {
      await this.feedback.put(tx, { ...given, reason, ownerId: user.userId, ownerName: user.name });
      const pages = await this.feedback.list(tx, given.projectId, [given.pageId], 100);
      return pages.find(({ path }) => path === given.path)!;
    });
  }

  list(scope: TenantScope, projectId: string, pageIds: readonly string[] | undefined, limit: number): Promise<PageFeedback[]> {
    return this.db.read(scope, (tx) => this.feedback.list(tx, projectId, pageIds ?? null, limit));
  }
}
