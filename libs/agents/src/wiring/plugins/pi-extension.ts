import type { Machine, WiringSettings } from '../wiring.js';
import { pluginSource } from './plugin-source.js';

/** For Pi and its fork Oh My Pi, whose extensions are alike but for how they tell that a session has changed. */
export function piExtension(machine: Machine, settings: WiringSettings, agent: 'pi' | 'omp'): string {
  return pluginSource(machine, settings, agent, OWN_PART);
}

const OWN_PART = String.raw`const told = new Set(); // sessions that have got their handoff
const textIn = (content) => (Array.isArray(content) ? content.flatMap((part) => part.text ?? []).join('\n') : content);

function register(pi) {
  const placeIn = (ctx) => ({ session_id: ctx.sessionManager?.getSessionId?.() ?? 'pi-' + process.pid, cwd: ctx.cwd ?? process.cwd() });
  const begin = (ctx, facts) => handoffOf(placeIn(ctx).session_id, placeIn(ctx).cwd, facts);
  const send = async (event, ctx, facts, input) => {
    await begin(ctx);
    report(event, { ...placeIn(ctx), ...facts }, input);
  };
  const on = (event, work) => quietly(() => pi.on(event, async (data, ctx) => {
    try { return await work(data ?? {}, ctx ?? {}); } catch { return undefined; }
  }));

  on('session_start', ({ reason }, ctx) => (reason === 'reload' ? undefined : void begin(ctx, { source: reason })));
  on('session_switch', ({ reason }, ctx) => void begin(ctx, { source: reason }));
  on('before_agent_start', async ({ prompt }, ctx) => {
    const text = await begin(ctx);
    const { session_id: session } = placeIn(ctx);
    await send('before_agent_start', ctx, { prompt });
    if (!text || told.has(session)) return undefined;
    told.add(session);
    return { message: { customType: 'ai-memory', content: text, display: false } };
  });
  on('tool_result', (data, ctx) => send('tool_result', ctx, {
    tool_name: data.toolName, tool_input: data.input, tool_use_id: data.toolCallId, tool_response: textIn(data.content), is_error: data.isError === true,
  }, data.input));
  on('session_compact', ({ compactionEntry }, ctx) => send('session_compact', ctx, { summary: compactionEntry?.summary }));
  on('agent_end', ({ messages }, ctx) => send('agent_end', ctx, { last_assistant_message: textIn(messages?.findLast?.((each) => each.role === 'assistant')?.content) }));
  on('session_shutdown', ({ reason }, ctx) => (reason === 'reload' ? undefined : send('session_shutdown', ctx, { reason })));
}

export { register as default };
`;
