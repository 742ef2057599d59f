import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { CancelMessage, ClaimMessages, ListMessages, MESSAGE_BYTES_MAX, MessageState, SendMessage } from '#libs/contracts';
import { fitToStore } from '#libs/redaction';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { IdentityService } from '../identity/identity.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { MessageView, messageView } from './message-view.js';
import { ScopeView, scopeView } from './project-view.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const { expiresInDays } = SendMessage.input.shape;
const MessageAnswer = z.object({ scope: ScopeView, message: MessageView });

const ListProjectMessages = route({
  method: 'GET',
  path: '/workspaces/{workspace}/projects/{project}/messages',
  summary: 'Messages for the project or for the caller, the oldest first (inbox), or that the caller sent from it (outbox). Claims none of them.',
  query: { box: z.enum(['inbox', 'outbox']).default('inbox'), state: MessageState.default('pending'), limit: wholeNumber(1, 200, 50) },
  response: z.object({ scope: ScopeView, messages: z.array(MessageView) }),
});

const SendProjectMessage = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/messages',
  summary: 'Sends a message from this project to the next session of another one, of a person, or of that person in that project. Secrets are redacted first.',
  body: z.strictObject({
    to: z.strictObject({ workspace: z.string().max(256), project: z.string().max(256) }).optional(),
    to_user: z.string().max(200).optional().describe('Name of a person of the organisation.'),
    subject: z.string().max(200).default(''), body: z.string().min(1).max(4_096).describe(`At most ${MESSAGE_BYTES_MAX} bytes, once secrets are replaced.`), expires_in_days: expiresInDays,
    agent: z.string().min(1).max(64).optional().describe('That writes it for the caller.'),
  }),
  response: MessageAnswer,
  status: 201,
});

const ClaimProjectMessage = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/messages/claim',
  summary: 'Gives out the oldest message that waits for the project or for the caller, or the one named: once.',
  body: z.strictObject({ message_id: z.uuid().optional() }),
  response: z.object({ scope: ScopeView, message: MessageView.nullable().describe('Null where none waits.'), waiting: z.int().describe('How many wait still.') }),
});

const CancelProjectMessage = route({
  method: 'POST',
  path: '/workspaces/{workspace}/projects/{project}/messages/{message}/cancel',
  summary: 'Withdraws a message that the caller sent from this project, as long as nobody has been told it.',
  response: MessageAnswer,
});

@Controller()
export class MessagesController {
  constructor(private readonly projects: ProjectsService, private readonly identity: IdentityService, private readonly bus: Bus) {}

  @Requires('memory:read')
  @Route(ListProjectMessages)
  async listMessages(scope: TenantScope, { params, query }: RouteInput<typeof ListProjectMessages>): Promise<RouteAnswer<typeof ListProjectMessages>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { messages } = await this.bus.ask(scope, ListMessages, { projectId: project.projectId, ...query });
    return { scope: scopeView(project), messages: messages.map(messageView) };
  }

  @Requires('memory:write')
  @Route(SendProjectMessage)
  async sendMessage(scope: TenantScope, { params, body: given }: RouteInput<typeof SendProjectMessage>): Promise<RouteAnswer<typeof SendProjectMessage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const to = given.to ? await this.projects.findProject(scope, given.to.workspace, given.to.project) : null;
    const recipient = given.to_user ? await this.identity.findRecipient(scope, given.to_user) : null;
    const { message } = await this.bus.ask(scope, SendMessage, {
      from: { projectId: project.projectId, name: `${project.workspace}/${project.project}` }, to: to && { projectId: to.projectId, name: `${to.workspace}/${to.project}` }, recipient,
      agent: given.agent ?? null, ...fitToStore({ subject: given.subject, body: given.body }).value, expiresInDays: given.expires_in_days,
    });
    return { scope: scopeView(project), message: messageView(message) };
  }

  @Requires('memory:write')
  @Route(ClaimProjectMessage)
  async claimMessage(scope: TenantScope, { params, body: given }: RouteInput<typeof ClaimProjectMessage>): Promise<RouteAnswer<typeof ClaimProjectMessage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { messages: [message], waiting } = await this.bus.ask(scope, ClaimMessages, { projectId: project.projectId, messageId: given.message_id });
    return { scope: scopeView(project), message: message ? messageView(message) : null, waiting };
  }

  @Requires('memory:write')
  @Route(CancelProjectMessage)
  async cancelMessage(scope: TenantScope, { params }: RouteInput<typeof CancelProjectMessage>): Promise<RouteAnswer<typeof CancelProjectMessage>> {
    const project = await this.projects.findProject(scope, params.workspace, params.project);
    const { message } = await this.bus.ask(scope, CancelMessage, { projectId: project.projectId, messageId: params.message });
    return { scope: scopeView(project), message: messageView(message) };
  }
}
