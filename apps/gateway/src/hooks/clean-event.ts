import type { RawEvent } from '#libs/agents';
import { CAPTURE_BYTES_MAX, type CapturedEvent, type ToolUse } from '#libs/contracts';
import { boundText } from '#libs/redaction';

type CleanEvent = Omit<CapturedEvent, 'idempotencyKey' | 'isKeyShortLived' | 'isImported' | 'isUntimed'>;

/** Takes secrets and control characters out of every text of an event, and only then cuts it to its bound. */
export function cleanEvent(raw: RawEvent): CleanEvent {
  return {
    ...raw,
    title: clean(raw.title, CAPTURE_BYTES_MAX.title),
    body: clean(raw.body, raw.kind === 'post-compaction' ? CAPTURE_BYTES_MAX.compaction : raw.kind === 'user-prompt' ? CAPTURE_BYTES_MAX.prompt : CAPTURE_BYTES_MAX.excerpt),
    tool: raw.tool && cleanTool(raw.tool),
    model: raw.model && clean(raw.model, 128),
    source: raw.source && clean(raw.source, 128),
  };
}

function cleanTool(tool: ToolUse): ToolUse {
  return {
    ...tool,
    name: clean(tool.name, 256),
    callId: tool.callId && clean(tool.callId, 256),
    command: tool.command && clean(tool.command, CAPTURE_BYTES_MAX.command),
    path: tool.path && clean(tool.path, CAPTURE_BYTES_MAX.path),
    excerpt: tool.excerpt && clean(tool.excerpt, CAPTURE_BYTES_MAX.excerpt),
    plan: tool.plan?.slice(0, 100).map((item) => ({ ...item, text: clean(item.text, 512) })),
  };
}

function clean(text: string, bytesMax: number): string {
  return boundText(text, bytesMax).text;
}
