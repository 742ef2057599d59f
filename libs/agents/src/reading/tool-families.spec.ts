import { describe, expect, it } from 'vitest';
import { PROFILES } from '../registry.js';
import { fold } from './fields.js';
import { isMemoryTool, toolFamily } from './tool-families.js';

describe('toolFamily', () => {
  it.each([
    ['shell', ['Bash', 'bash', 'shell', 'run_shell_command', 'exec_command', 'run_terminal_cmd', 'execute_bash', 'PowerShell']],
    ['read', ['Read', 'read', 'read_file', 'ReadFile', 'fs_read', 'view']],
    ['edit', ['Edit', 'MultiEdit', 'NotebookEdit', 'apply_patch', 'replace', 'StrReplace', 'replace_file_content']],
    ['write', ['Write', 'write_file', 'fs_write', 'write_to_file', 'create']],
    ['search', ['Grep', 'Glob', 'LS', 'search_file_content', 'find_by_name', 'codebase_search']],
    ['web', ['WebFetch', 'WebSearch', 'google_web_search', 'fetch']],
    ['agent', ['Agent', 'Task', 'task', 'spawn_agent', 'invoke_agent']],
    ['plan', ['TodoWrite', 'todowrite', 'TaskCreate', 'TaskUpdate', 'update_plan', 'write_todos', 'SetTodoList']],
    ['mcp', ['mcp__mem__echo', 'mcp_mem_echo', 'MCP:echo', 'ai-memory_memory_query']],
    ['other', ['ToolSearch', 'mem_echo', '', 'constructor']],
  ] as const)('knows %s', (family, names) => {
    expect(names.map((name) => [name, toolFamily(name)])).toEqual(names.map((name) => [name, family]));
  });

  it('never puts one name into two families', () => {
    const members = PROFILES.flatMap(({ tools = {} }) => Object.entries(tools).flatMap(([family, names]) => names.map((name) => ({ name, family }))));
    for (const { name, family } of members) expect([fold(name), toolFamily(name)]).toEqual([fold(name), family]);
  });
});

describe('isMemoryTool', () => {
  it.each(['memory_query', 'mcp__ai-memory__memory_recent', 'mcp_mem_memory_query', 'MCP:memory_write_page', 'mem_memory_query'])('knows %s', (name) => {
    expect(isMemoryTool(name)).toBe(true);
  });

  it.each(['in_memory_cache', 'memory', 'Bash', 'mcp__other__memory_graph', 'inmemory_query'])('leaves %s alone', (name) => {
    expect(isMemoryTool(name)).toBe(false);
  });
});
