/** A tool as the agent offers it to the model. */
export interface OfferedTool {
  name: string;
  /** Of agents that keep the tools of an MCP server together. */
  namespace?: string;
  /** Names of its parameters. */
  parameters: readonly string[];
}

/** What a request to a model holds, in whichever protocol. */
export interface Conversation {
  /** All text of instructions and messages. */
  input: string;
  tools: readonly OfferedTool[];
  /** Names of the tools called so far. */
  calls: readonly string[];
  /** What they gave. */
  results: readonly string[];
}

export interface Call {
  tool: Pick<OfferedTool, 'name' | 'namespace'>;
  args: Record<string, unknown>;
}

/** What the model does next: say something or call a tool. */
export type Reply = { text: string } | Call;

/** What a session's model does, in order: one shell command, one call of an MCP tool, and an answer. */
export interface Script {
  command: string;
  mcp: { tool: string; args: Record<string, unknown> };
  answer: string;
}

/** Claude Code tells the model of MCP tools by name; it has to look one up before it calls it. */
export const TOOL_SEARCH = 'ToolSearch';
const SHELL = /^(bash|exec_command|shell_command|run_shell_command)$/i;

/** The answer to a request; those without tools are about something else, such as a title. */
export function nextReply({ command, mcp, answer }: Script, conversation: Conversation): Reply {
  const { tools, calls } = conversation;
  if (tools.length === 0) return { text: 'Shed' };
  const callsMade = calls.filter((name) => name !== TOOL_SEARCH).length;
  if (callsMade === 0) return callShell(command, tools);
  return callsMade === 1 ? callMcp(mcp, conversation) : { text: answer };
}

function callShell(command: string, tools: readonly OfferedTool[]): Reply {
  const tool = tools.find(({ name }) => SHELL.test(name));
  if (!tool) return nothingFor('a shell', tools);
  const given: Record<string, unknown> = { command, cmd: command, description: 'Looks around' };
  return { tool, args: Object.fromEntries(Object.entries(given).filter(([name]) => tool.parameters.includes(name))) };
}

function callMcp({ tool: wanted, args }: Script['mcp'], { tools, calls, input }: Conversation): Reply {
  const tool = tools.find(({ name }) => name.endsWith(wanted));
  if (tool) return { tool, args };
  const name = new RegExp(`\\bmcp__[\\w-]+__${wanted}\\b`).exec(input)?.[0];
  if (!name) return nothingFor(wanted, tools);
  return calls.includes(TOOL_SEARCH) ? { tool: { name }, args } : { tool: { name: TOOL_SEARCH }, args: { query: `select:${name}` } };
}

function nothingFor(what: string, tools: readonly OfferedTool[]): Reply {
  return { text: `The model was offered no tool for ${what}, but ${tools.map(({ name }) => name).join(', ')}` };
}
