import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { DecideProposal, ListProposals, type OutputOf, type ParsedInputOf, ReadProposal, SetReviewMode } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { ReviewService } from './review.service.js';

@Controller()
export class ReviewHandlers {
  constructor(private readonly review: ReviewService) {}

  @Serves(ListProposals)
  list(scope: TenantScope, input: ParsedInputOf<typeof ListProposals>): Promise<OutputOf<typeof ListProposals>> {
    return this.review.list(scope, input);
  }

  @Serves(ReadProposal)
  read(scope: TenantScope, input: ParsedInputOf<typeof ReadProposal>): Promise<OutputOf<typeof ReadProposal>> {
    return this.review.read(scope, input);
  }

  @Serves(DecideProposal)
  decide(scope: TenantScope, input: ParsedInputOf<typeof DecideProposal>): Promise<OutputOf<typeof DecideProposal>> {
    return this.review.decide(scope, input);
  }

  @Serves(SetReviewMode)
  setMode(scope: TenantScope, input: ParsedInputOf<typeof SetReviewMode>): Promise<OutputOf<typeof SetReviewMode>> {
    return this.review.setMode(scope, input);
  }
}
