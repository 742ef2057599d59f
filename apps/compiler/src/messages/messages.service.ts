import { Injectable } from '@nestjs/common';
import { type CancelMessage, type ClaimMessages, INBOX_MAX, type ListMessages, type Message, MESSAGE_BYTES_MAX, type OutputOf, type ParsedInputOf, type SendMessage, SENT_HOURLY_MAX } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { defineFault, Fault, NOT_FOUND } from '#libs/faults';
import { isOwnProject, type TenantScope, type UserActor, userOf } from '#libs/tenancy';
import { messagesText } from './message-text.js';
import { MessagesRepository } from './messages.repository.js';

const USER_NEEDED = defineFault('message.user-needed', 'forbidden', 'Messages are between people; a service sends and reads none.');
const RECIPIENT_NEEDED = defineFault('message.recipient-needed', 'invalid', 'For whom? Name a project, a person, or both.');
const NO_SESSIONS_THERE = defineFault('message.no-sessions-there', 'invalid', "No session works in the organisation's own project. Write a page there: every project is told of it.");
const TOO_LARGE = defineFault('message.too-large', 'too-large', `A message may have ${MESSAGE_BYTES_MAX} bytes. Write a page, and name it in the message.`);
const INBOX_FULL = defineFault('message.inbox-full', 'limited', `${INBOX_MAX} messages wait there already.`);
const TOO_MANY = defineFault('message.too-many', 'limited', `A person sends at most ${SENT_HOURLY_MAX} messages in an hour.`);
const RETRY_AFTER_SECONDS = 600;

/** What people and agents leave for each other's next sessions, given out once. */
@Injectable()
export class MessagesService {
  constructor(private readonly db: TenantDb, private readonly messages: MessagesRepository) {}

  send(scope: TenantScope, input: ParsedInputOf<typeof SendMessage>): Promise<Message> {
    const { userId, name } = requireUser(scope);
    if (!input.to && !input.recipient) throw new Fault(RECIPIENT_NEEDED);
    if (input.to && isOwnProject(scope, input.to.projectId)) throw new Fault(NO_SESSIONS_THERE);
    if (Buffer.byteLength(input.body) > MESSAGE_BYTES_MAX) throw new Fault(TOO_LARGE);
    const message = { ...input, sender: { userId, name } };
    return this.db.run(scope, async (tx) => {
      await this.messages.serialise(tx);
      await this.messages.purge(tx);
      const { sent, forProject, forPerson } = await this.messages.counts(tx, message);
      if (sent >= SENT_HOURLY_MAX) throw new Fault(TOO_MANY, { retryAfterSeconds: RETRY_AFTER_SECONDS });
      if (forProject >= INBOX_MAX || forPerson >= INBOX_MAX) throw new Fault(INBOX_FULL, { retryAfterSeconds: RETRY_AFTER_SECONDS });
      return this.messages.insert(tx, message);
    });
  }

  list(scope: TenantScope, { projectId, box, state, limit }: ParsedInputOf<typeof ListMessages>): Promise<Message[]> {
    const reader = { projectId, userId: requireUser(scope).userId };
    return this.db.run(scope, (tx) => (box === 'inbox' ? this.messages.inbox(tx, reader, state, limit) : this.messages.outbox(tx, reader, state, limit)));
  }

  /** Each message goes to at most one of any number of concurrent claims. */
  claim(scope: TenantScope, { projectId, messageId, limit, charsMax, agent, nativeSessionId }: ParsedInputOf<typeof ClaimMessages>): Promise<OutputOf<typeof ClaimMessages>> {
    const { userId } = requireUser(scope);
    const reader = { projectId, userId };
    return this.db.run(scope, async (tx) => {
      const found = await this.messages.takeable(tx, reader, messageId, limit);
      const pending = await this.messages.countWaiting(tx, reader);
      const { told, markdown } = messagesText(found, pending, charsMax, new Date());
      const messages = await this.messages.claim(tx, told.map((message) => message.messageId), { userId, agent, nativeSessionId });
      return { messages, markdown, waiting: pending - told.length };
    });
  }

  cancel(scope: TenantScope, { projectId, messageId }: ParsedInputOf<typeof CancelMessage>): Promise<Message> {
    const { userId } = requireUser(scope);
    return this.db.run(scope, async (tx) => {
      const cancelled = await this.messages.cancel(tx, { projectId, userId }, messageId);
      if (!cancelled) throw new Fault(NOT_FOUND, { sentence: 'You have sent no such message from here, or it waits no longer.' });
      return cancelled;
    });
  }

  /** A session that came to nothing gives back the messages that it had claimed. */
  async giveBack(scope: TenantScope, userId: string, nativeSessionId: string): Promise<void> {
    await this.db.run(scope, (tx) => this.messages.reopenClaimedBy(tx, userId, nativeSessionId));
  }
}

function requireUser(scope: TenantScope): UserActor {
  const user = userOf(scope);
  if (!user) throw new Fault(USER_NEEDED);
  return user;
}
