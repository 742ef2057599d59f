import { z } from 'zod';
import { request } from '../define.js';

export const MessageState = z.enum(['pending', 'claimed', 'cancelled', 'expired']);
export type MessageState = z.infer<typeof MessageState>;

/** Of a message's text, once secrets are replaced. */
export const MESSAGE_BYTES_MAX = 2_048;
/** That wait for one project, or for one person. */
export const INBOX_MAX = 256;
/** That one person may send in an hour. */
export const SENT_HOURLY_MAX = 60;

const Place = z.object({ projectId: z.uuid(), name: z.string().max(256) });
const Person = z.object({ userId: z.uuid(), name: z.string().max(200) });

/** What somebody leaves for the next session of another project, of a person, or of that person in that project. */
export const Message = z.object({
  messageId: z.uuid(),
  from: Place,
  sender: Person,
  /** That wrote it for the sender; null where none is known. */
  agent: z.string().nullable(),
  /** Null where it is for a person, wherever they work. At least one of the two is there. */
  to: Place.nullable(),
  recipient: Person.nullable(),
  subject: z.string(),
  body: z.string(),
  state: MessageState,
  sentAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  claimedAt: z.iso.datetime().nullable(),
});
export type Message = z.infer<typeof Message>;

/** Whether project and person exist is the caller's to know. Fails with `message.inbox-full`, and with `message.too-many` where the sender sends too fast. */
export const SendMessage = request('compiler.send-message.v1', {
  permission: 'memory:write',
  input: z.object({
    from: Place, to: Place.nullable(), recipient: Person.nullable(), agent: z.string().max(64).nullable().default(null),
    subject: z.string().max(2_000).default(''), body: z.string().min(1).max(16_384), expiresInDays: z.number().int().min(1).max(90).default(30),
  }),
  output: z.object({ message: Message }),
  projectsIn: ({ from, to }) => [from.projectId, ...(to ? [to.projectId] : [])],
  isChange: true,
  timeoutMs: 2_000,
});

/**
 * `inbox`: those for the project or for the caller, the oldest first; of others' messages to persons, none. `outbox`: what the
 * caller has sent from the project, the newest first.
 */
export const ListMessages = request('compiler.list-messages.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid(), box: z.enum(['inbox', 'outbox']).default('inbox'), state: MessageState.default('pending'), limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({ messages: z.array(Message) }),
  timeoutMs: 2_000,
});

/**
 * Gives out messages of the project's inbox, the oldest first, each to one of any number of claims: the one that is named, or at
 * most `limit`, and no more than fit whole into `charsMax` characters of `markdown`.
 */
export const ClaimMessages = request('compiler.claim-messages.v1', {
  permission: 'memory:write',
  input: z.object({
    projectId: z.uuid(),
    messageId: z.uuid().optional(),
    limit: z.number().int().min(1).max(INBOX_MAX).default(1),
    charsMax: z.number().int().min(0).max(65_536).default(65_536),
    agent: z.string().max(128).default('unknown'),
    /** The session that starts; if it turns out to be empty, the messages wait again. */
    nativeSessionId: z.string().max(256).nullable().default(null),
  }),
  output: z.object({
    messages: z.array(Message),
    /** As the agent should read them, fenced; says how many wait that had no room. Empty where there are none. */
    markdown: z.string(),
    /** How many wait still. */
    waiting: z.number().int(),
  }),
  isChange: true,
  timeoutMs: 2_000,
});

/** For who sent it. Fails with `not-found` for a message that is absent, foreign or no longer pending. */
export const CancelMessage = request('compiler.cancel-message.v1', {
  permission: 'memory:write',
  input: z.object({ projectId: z.uuid(), messageId: z.uuid() }),
  output: z.object({ message: Message }),
  isChange: true,
  timeoutMs: 2_000,
});
