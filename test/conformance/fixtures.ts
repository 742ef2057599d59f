import { Server } from '@modelcontextprotocol/server';
import { FIXTURE_TOOLS } from './fixture-tools.js';
import { INPUT_TOOLS } from './fixture-inputs.js';
import { offerPrompts } from './fixture-prompts.js';
import { offerResources } from './fixture-resources.js';

/*
 * The tools, prompts and resources that the conformance suite asks every server for, and no product has. Node loads this
 * file into the product's process before the product (`--import`): what the suite then exercises is the product's own
 * door, guard, body parser and MCP server, with these beside its own tools. Nothing of the product knows of it.
 */

const TOOLS = [...FIXTURE_TOOLS, ...INPUT_TOOLS];

// eslint-disable-next-line typescript/no-explicit-any -- the SDK's overloads, which differ by method
type Handler = (request: any, context: any) => any;

const { setRequestHandler, connect } = Server.prototype as unknown as { setRequestHandler(method: string, handler: Handler): void; connect(transport: object): Promise<void> };

const WRAPPED: Readonly<Record<string, (own: Handler) => Handler>> = {
  'tools/list': (own) => async (request, context) => {
    const { tools, ...rest } = await own(request, context);
    return { ...rest, tools: [...tools, ...TOOLS.map(({ name, inputSchema }) => ({ name, description: 'A fixture of the conformance suite.', inputSchema: inputSchema ?? { type: 'object' } }))] };
  },
  'tools/call': (own) => (request, context) => {
    const fixture = TOOLS.find(({ name }) => name === request.params.name);
    return fixture ? fixture.call(context, request.params.arguments ?? {}) : own(request, context);
  },
};

Object.assign(Server.prototype, {
  setRequestHandler(this: Server, method: string, handler: Handler): void {
    setRequestHandler.call(this, method, WRAPPED[method]?.(handler) ?? handler);
  },
  connect(this: Server, transport: object): Promise<void> {
    this.registerCapabilities({ prompts: {}, resources: {}, completions: {}, logging: {} });
    offerPrompts(this);
    offerResources(this);
    return connect.call(this, transport);
  },
});
