import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { CancelMessage, ClaimMessages, ListMessages, type OutputOf, type ParsedInputOf, SendMessage } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { MessagesService } from './messages.service.js';

@Controller()
export class MessagesHandlers {
  constructor(private readonly messages: MessagesService) {}

  @Serves(SendMessage)
  async send(scope: TenantScope, input: ParsedInputOf<typeof SendMessage>): Promise<OutputOf<typeof SendMessage>> {
    return { message: await this.messages.send(scope, input) };
  }

  @Serves(ListMessages)
  async list(scope: TenantScope, input: ParsedInputOf<typeof ListMessages>): Promise<OutputOf<typeof ListMessages>> {
    return { messages: await this.messages.list(scope, input) };
  }

  @Serves(ClaimMessages)
  claim(scope: TenantScope, input: ParsedInputOf<typeof ClaimMessages>): Promise<OutputOf<typeof ClaimMessages>> {
    return this.messages.claim(scope, input);
  }

  @Serves(CancelMessage)
  async cancel(scope: TenantScope, input: ParsedInputOf<typeof CancelMessage>): Promise<OutputOf<typeof CancelMessage>> {
    return { message: await this.messages.cancel(scope, input) };
  }
}
