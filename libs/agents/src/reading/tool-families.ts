import type { ToolFamily } from '#libs/contracts';
import { PROFILES } from '../registry.js';
import { fold } from './fields.js';

/** Names that mean the same with more than one agent. */
const COMMON_TOOLS: Partial<Record<ToolFamily, readonly string[]>> = {
  shell: ['bash', 'shell', 'exec', 'exec_command', 'run_command', 'execute_command', 'terminal', 'powershell', 'bash_output', 'kill_shell'],
  read: ['read', 'read_file', 'view', 'view_file', 'open_file', 'read_many_files', 'view_image'],
  edit: ['edit', 'edit_file', 'multi_edit', 'apply_patch', 'patch', 'replace', 'str_replace', 'search_replace', 'delete', 'delete_file'],
  write: ['write', 'write_file', 'create', 'create_file'],
  search: ['grep', 'glob', 'ls', 'list', 'find', 'list_dir', 'list_directory', 'grep_search', 'file_search', 'codebase_search'],
  web: ['web_fetch', 'web_search', 'fetch', 'fetch_url', 'search_web', 'browser'],
  agent: ['agent', 'task', 'subagent', 'spawn_agent'],
  plan: ['todo_write', 'todo_read', 'todo', 'update_plan', 'write_todos'],
};

const FAMILIES: ReadonlyMap<string, ToolFamily> = new Map(
  [COMMON_TOOLS, ...PROFILES.map((profile) => profile.tools ?? {})].flatMap((tools) =>
    Object.entries(tools).flatMap(([family, names]) => names.map((name) => [fold(name), family as ToolFamily] as const)),
  ),
);

/** `mcp__server__tool`, `mcp_server_tool`, `MCP:tool`. */
const MCP_NAME = /^mcp(__|_|:)/i;
/** Our own tools under whatever name the agent gives the server: `mcp__mem__memory_query`, `mem_memory_query`. */
const MEMORY_TOOL = /(?:^|[_:./-])memory_(?:query|recent|briefing|status|explore|feedback|lint|consolidate|auto_improve|read_[a-z_]+|[a-z]+_page|page_[a-z]+|(?:handoff|message|slot)_[a-z]+)$/;
/** Our own command where it prints what is remembered: `ai-memory search`, `~/bin/ai-memory --json read-page`. */
const MEMORY_COMMAND = /(?:^|[\s;&|(`/])ai-memory(?:\s+-\S+)*\s+(?:search|read-page|briefing|handoffs|message|slot)(?=\s|$)/;

/** What a tool of this name does, whichever agent calls it; unknown is `other`. */
export function toolFamily(toolName: string): ToolFamily {
  const known = FAMILIES.get(fold(toolName));
  if (known !== undefined) return known;
  return MCP_NAME.test(toolName) || isMemoryTool(toolName) ? 'mcp' : 'other';
}

/** True for a command line that prints memory. */
export function isMemoryCommand(command: string): boolean {
  return MEMORY_COMMAND.test(command);
}

/** True for tools that read or write memory itself, whose results are recalled text and no evidence. */
export function isMemoryTool(toolName: string): boolean {
  return MEMORY_TOOL.test(toolName);
}
