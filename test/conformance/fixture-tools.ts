import { setTimeout as delay } from 'node:timers/promises';
import { type CallToolResult, CLIENT_CAPABILITIES_META_KEY, type ContentBlock, type InputRequiredResult, MissingRequiredClientCapabilityError, type ServerContext, type Tool } from '@modelcontextprotocol/server';
import { AUDIO, IMAGE } from './fixture-media.js';

export interface FixtureTool {
  name: string;
  inputSchema?: Tool['inputSchema'];
  call(context: ServerContext, args: Readonly<Record<string, unknown>>): CallToolResult | InputRequiredResult | Promise<CallToolResult | InputRequiredResult>;
}

/** Between two notifications, as the suite's scenarios say. */
const STEP_MS = 50;

export function text(said: string): CallToolResult & { content: ContentBlock[] } {
  return { content: [{ type: 'text', text: said }] };
}

function constant(name: string, content: ContentBlock[]): FixtureTool {
  return { name, call: () => ({ content }) };
}

/** What the caller says that it can do; empty on the 2025 wire, where it said so to another server object. */
export function capabilitiesOf({ mcpReq }: ServerContext): Readonly<Record<string, unknown>> {
  return ((mcpReq.envelope as Record<string, unknown> | undefined)?.[CLIENT_CAPABILITIES_META_KEY] as Record<string, unknown> | undefined) ?? {};
}

async function progress({ mcpReq }: ServerContext): Promise<CallToolResult> {
  const progressToken = mcpReq._meta?.progressToken;
  for (const done of [0, 50, 100]) {
    if (progressToken !== undefined) await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: done, total: 100 } });
    await delay(STEP_MS);
  }
  return text('Done.');
}

async function logging({ mcpReq }: ServerContext): Promise<CallToolResult> {
  for (const line of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
    await mcpReq.log('info', line);
    await delay(STEP_MS);
  }
  return text('Logged.');
}

function needsSampling(context: ServerContext): CallToolResult {
  if (!capabilitiesOf(context).sampling) throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
  return text('The client can sample.');
}

/** Tools that answer by themselves. */
export const FIXTURE_TOOLS: readonly FixtureTool[] = [
  constant('test_simple_text', [{ type: 'text', text: 'This is a simple text response for testing.' }]),
  constant('test_image_content', [IMAGE]),
  constant('test_audio_content', [AUDIO]),
  constant('test_embedded_resource', [{ type: 'resource', resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'This is an embedded resource content.' } }]),
  constant('test_multiple_content_types', [
    { type: 'text', text: 'Multiple content types test:' }, IMAGE,
    { type: 'resource', resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json', text: '{"test":"data","value":123}' } },
  ]),
  { name: 'test_error_handling', call: () => ({ ...text('This tool intentionally returns an error for testing'), isError: true }) },
  { name: 'test_tool_with_progress', call: progress },
  { name: 'test_tool_with_logging', call: logging },
  { name: 'test_logging_tool', call: logging },
  { name: 'test_missing_capability', call: needsSampling },
];
