import { OWN_FILE_MARK } from '../own-file.js';
import type { Machine, WiringSettings } from '../wiring.js';
import { pluginSource } from './plugin-source.js';

export const OPENCLAW_PLUGIN_ID = 'ai-memory';

export function openclawPlugin(machine: Machine, settings: WiringSettings): string {
  return pluginSource(machine, settings, 'openclaw', OWN_PART);
}

export function openclawPackage(): string {
  return printed({ name: OPENCLAW_PLUGIN_ID, version: '1.0.0', private: true, type: 'module', description: OWN_FILE_MARK, openclaw: { extensions: ['./index.js'] } });
}

export function openclawManifest(): string {
  return printed({
    id: OPENCLAW_PLUGIN_ID,
    name: 'ai-memory',
    description: OWN_FILE_MARK,
    activation: { onStartup: true },
    configSchema: { type: 'object', additionalProperties: false, properties: {} },
  });
}

function printed(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const OWN_PART = String.raw`const told = new Set(); // sessions that have got their handoff
const prompts = new Map(); // the last prompt of each session: a rebuilt one is no second one

function register(api) {
  const placeIn = (event, ctx) => ({ session_id: ctx.sessionId ?? event.sessionId ?? ctx.sessionKey, cwd: ctx.workspaceDir ?? process.cwd() });
  const send = async (name, event, ctx, facts, input) => {
    const place = placeIn(event, ctx);
    if (!place.session_id) return;
    await handoffOf(place.session_id, place.cwd);
    report(name, { ...place, ...facts }, input);
  };
  const on = (name, work) => quietly(() => api.on(name, async (event, ctx) => {
    try { return await work(event ?? {}, ctx ?? {}); } catch { return undefined; }
  }));

  on('before_prompt_build', async (event, ctx) => {
    const { session_id: session, cwd } = placeIn(event, ctx);
    if (!session) return undefined;
    const text = await handoffOf(session, cwd);
    const prompt = event.currentUserMessage ?? event.prompt;
    const occurrence = event.currentUserMessageId ?? ctx.runId ?? prompt;
    if (prompt && prompts.get(session) !== occurrence) await send('before_prompt_build', event, ctx, { prompt, run_id: ctx.runId });
    prompts.set(session, occurrence);
    if (!text || told.has(session)) return undefined;
    told.add(session);
    return { prependContext: text };
  });
  on('after_tool_call', (event, ctx) => send('after_tool_call', event, ctx, {
    tool_name: event.toolName, tool_input: event.params, tool_use_id: event.toolCallId, tool_response: event.result, error: event.error,
  }, event.params));
  on('after_compaction', (event, ctx) => send('after_compaction', event, ctx, { summary: event.summary }));
  on('agent_end', (event, ctx) => send('agent_end', event, ctx, { run_id: ctx.runId }));
  on('session_end', (event, ctx) => send('session_end', event, ctx, { reason: event.reason }));
}

const plugin = { id: 'ai-memory', name: 'ai-memory', description: 'Shared memory', configSchema: { type: 'object', additionalProperties: false, properties: {} }, register };
export { plugin as default };
`;
