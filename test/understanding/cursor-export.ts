/** One hook event as an agent would have sent it. */
export interface ExportedEvent {
  event: string;
  payload: Record<string, unknown>;
}

interface Block {
  text: string;
  /** Language of the fence that the block is; undefined for prose. */
  fence: string | undefined;
}

const SPEAKER = /^_\*\*(User|Assistant)(?:[^*]*)\*\*_$/;
const SUMMARY = /<summary>(.*?)\s*•/;
const FENCE_OPEN = /^```(\w*)\s*$/;

/**
 * An editor's agent at work, exported as markdown, as the hook events that it would have sent: what was asked, each tool
 * call with its result, the agent's last words of each turn. The export names no file for an edit and no exit code for a
 * command, so neither do the events.
 */
export function eventsOfExport(markdown: string): ExportedEvent[] {
  const events: ExportedEvent[] = [];
  for (const { speaker, lines } of turnsOf(markdown)) {
    if (speaker === 'User') events.push({ event: 'UserPromptSubmit', payload: { prompt: lines.join('\n').replace(/\n---\s*$/, '').trim() } });
    else events.push(...eventsOfReply(blocksOf(lines)));
  }
  return [...events, { event: 'SessionEnd', payload: { reason: 'other' } }];
}

function turnsOf(markdown: string): { speaker: string; lines: string[] }[] {
  const turns: { speaker: string; lines: string[] }[] = [];
  for (const line of markdown.split('\n')) {
    const speaker = SPEAKER.exec(line)?.[1];
    if (speaker !== undefined) turns.push({ speaker, lines: [] });
    else turns.at(-1)?.lines.push(line);
  }
  return turns;
}

/** Parts between rules of the page; a fence opens a part of its own where it stands at the part's beginning. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let current: Block = { text: '', fence: undefined };
  let isInside = false;
  const push = (): void => {
    if (current.text.trim() !== '' || current.fence !== undefined) blocks.push(current);
    current = { text: '', fence: undefined };
  };
  for (const line of lines) {
    const opened = isInside ? undefined : FENCE_OPEN.exec(line)?.[1];
    if (isInside && (current.fence === 'diff' ? /^```\s*$/ : /^```\s*$|[^\s`]```\s*$/).test(line)) {
      isInside = false;
      if (current.fence === undefined) current.text += `${line}\n`;
      else push();
    } else if (opened !== undefined) {
      isInside = true;
      if (isToolPart(current, opened)) {
        push();
        current.fence = opened;
      } else current.text += `${line}\n`;
    } else if (!isInside && line.trim() === '---') push();
    else current.text += `${line}\n`;
  }
  push();
  return blocks;
}

/** A fence after prose in the same part is a quotation of the agent's. */
function isToolPart(before: Block, language: string): boolean {
  return before.text.trim() === '' && ['bash', 'sh', 'diff', ''].includes(language);
}

function eventsOfReply(blocks: readonly Block[]): ExportedEvent[] {
  const events: ExportedEvent[] = [];
  let words = '';
  for (const [index, block] of blocks.entries()) {
    const tool = toolOf(block, blocks[index + 1]);
    if (tool !== undefined) events.push({ event: 'PostToolUse', payload: tool });
    else if (block.fence === undefined) words = block.text.trim();
  }
  const isLast = words !== '' && blocks.findLast((block) => block.fence === undefined && block.text.trim() === words) === blocks.at(-1);
  return words === '' ? events : [...events, { event: 'Stop', payload: isLast ? { last_assistant_message: words } : {} }];
}

function toolOf(block: Block, next: Block | undefined): Record<string, unknown> | undefined {
  const text = block.text.trim();
  if (block.fence === 'bash' || block.fence === 'sh') {
    return { tool_name: 'Bash', tool_input: { command: text }, tool_response: next?.fence === '' ? next.text : '' };
  }
  if (block.fence === 'diff') return { tool_name: 'Edit', tool_input: {}, tool_response: text };
  if (block.fence !== undefined) return undefined;
  const read = /^Read file: (.+)$/.exec(text)?.[1];
  if (read !== undefined) return { tool_name: 'Read', tool_input: { file_path: read }, tool_response: '' };
  const title = SUMMARY.exec(text)?.[1];
  return title === undefined ? undefined : { tool_name: title.startsWith('Searched web') ? 'WebSearch' : 'Grep', tool_input: { query: title }, tool_response: text.slice(0, 2_000) };
}
