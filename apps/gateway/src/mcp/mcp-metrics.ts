import type { CallToolResult } from '@modelcontextprotocol/server';
import { ATTRIBUTE, continueTrace, inSpan, markSpan, timer } from '#libs/telemetry';

const duration = timer('mcp_tool_duration_seconds');
const TOOL_ERROR = 'tool_error';

/**
 * A span and a duration around a call of a tool. Where the caller tells of a span of its own in the request's `_meta`
 * (`traceparent`), this one is below it; the HTTP request's is another trace then.
 */
export function measuredTool(name: string, meta: Readonly<Record<string, unknown>> | undefined, work: () => Promise<CallToolResult>): Promise<CallToolResult> {
  const attributes = { [ATTRIBUTE.mcpMethod]: 'tools/call', [ATTRIBUTE.mcpTool]: name, [ATTRIBUTE.mcpOperation]: 'execute_tool' };
  return continueTrace(contextIn(meta), () => inSpan(`tools/call ${name}`, 'server', attributes, async () => {
    const startedAt = performance.now();
    const result = await work();
    if (result.isError) markSpan({ [ATTRIBUTE.errorType]: TOOL_ERROR });
    duration.record((performance.now() - startedAt) / 1_000, { tool: name, outcome: result.isError ? TOOL_ERROR : 'done' });
    return result;
  }));
}

function contextIn(meta: Readonly<Record<string, unknown>> | undefined): Record<string, string | undefined> {
  const { traceparent, tracestate } = meta ?? {};
  return typeof traceparent === 'string' ? { traceparent, tracestate: typeof tracestate === 'string' ? tracestate : undefined } : {};
}
