import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ListFeedback, type OutputOf, type ParsedInputOf, WriteFeedback } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { FeedbackService } from './feedback.service.js';

@Controller()
export class FeedbackHandlers {
  constructor(private readonly feedback: FeedbackService) {}

  @Serves(WriteFeedback)
  async write(scope: TenantScope, input: ParsedInputOf<typeof WriteFeedback>): Promise<OutputOf<typeof WriteFeedback>> {
    return { feedback: await this.feedback.write(scope, input) };
  }

  @Serves(ListFeedback)
  async list(scope: TenantScope, { projectId, pageIds, limit }: ParsedInputOf<typeof ListFeedback>): Promise<OutputOf<typeof ListFeedback>> {
    return { pages: await this.feedback.list(scope, projectId, pageIds, limit) };
  }
}
