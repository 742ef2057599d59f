import type { Machine, WiringSettings } from '../wiring.js';
import { pluginSource } from './plugin-source.js';

/** One file for both generations of OpenCode, which read it from the same folder: the first runs `server`, the second `setup`. */
export function opencodePlugin(machine: Machine, settings: WiringSettings): string {
  return pluginSource(machine, settings, 'opencode', OWN_PART);
}

const OWN_PART = String.raw`const children = new Set(); // sessions of sub-agents
const folders = new Map(); // of all other sessions that have begun here
const begin = (session, cwd, more) => folders.set(session, cwd) && handoffOf(session, cwd, more);

async function send(event, session, cwd, facts, input) {
  if (!session) return;
  if (!children.has(session)) await begin(session, cwd);
  report(event, { session_id: session, cwd, ...(children.has(session) && { is_subagent: true }), ...facts }, input);
}

const textOf = async (session, cwd) => (session && !children.has(session) ? begin(session, cwd) : '');

const server = async ({ directory: cwd }) => ({
  event: async ({ event }) => {
    const session = event.properties?.sessionID ?? event.properties?.info?.id;
    if (event.type === 'session.created' && event.properties?.info?.parentID) children.add(session);
    else if (event.type === 'session.created') await begin(session, cwd, { input: event });
    else if (/^session\.(idle|compacted|deleted|error)$/.test(event.type)) await send(event.type, session, cwd, { input: event });
  },
  'chat.message': (input, output) => send('chat.message', input.sessionID, cwd, { input, output }),
  'tool.execute.after': (input, output) => send('tool.execute.after', input.sessionID, cwd, { input, output }, input.args),
  'experimental.chat.system.transform': async (input, output) => {
    const text = await textOf(input.sessionID, cwd);
    if (text) output.system.push(text);
  },
  // A session that goes on later begins again.
  dispose: async () => folders.forEach((folder, session) => folder === cwd && folders.delete(session) && report('dispose', { session_id: session, cwd })),
});

const FOLLOWED = { 'session.execution.succeeded': 'session.idle', 'session.execution.interrupted': 'session.idle', 'session.execution.failed': 'session.error', 'session.deleted': 'session.deleted' };

async function follow(ctx, cwd, signal) {
  for await (const event of ctx.event.subscribe({ signal })) {
    const facts = event.properties ?? event.data ?? event;
    if (FOLLOWED[event.type]) await send(FOLLOWED[event.type], facts.sessionID, cwd, { error: facts.error?.message });
  }
}

function setup(ctx) {
  const cwd = ctx.location?.directory ?? process.cwd();
  const ended = new AbortController();
  const tell = async (session) => {
    const facts = await Promise.resolve(ctx.session.get?.({ sessionID: session })).catch(() => undefined);
    if (facts?.parentID) children.add(session);
  };
  quietly(() => ctx.session.hook('prompt', async (event) => {
    await tell(event.sessionID);
    await send('chat.message', event.sessionID, cwd, { prompt: event.prompt?.text, message_id: event.messageID });
  }));
  quietly(() => ctx.session.hook('context', async (event) => {
    const text = (event.kind ?? 'primary') === 'primary' ? await textOf(event.sessionID, cwd) : '';
    if (text) event.system.push({ type: 'text', text });
  }));
  quietly(() => ctx.tool.hook('execute.after', (event) => send('tool.execute.after', event.sessionID, cwd, {
    tool_name: event.tool, tool_input: event.input, tool_use_id: event.id, tool_response: event.result, error: event.error?.message ?? event.error,
  }, event.input)));
  quietly(() => follow(ctx, cwd, ended.signal).catch(() => {}));
  return () => ended.abort();
}

const plugin = { id: 'ai-memory', server, setup };
export { plugin as default };
`;
