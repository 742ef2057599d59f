import type { AgentProgram } from '../agent-program.js';

export const claudeCode: AgentProgram = {
  agent: 'claude-code',
  command: 'claude',
  packages: ['@anthropic-ai/claude-code-linux-x64@2.1.330'],
  path: '@anthropic-ai/claude-code-linux-x64/claude',
  files: () => ({
    '.claude/settings.json': '{ "includeCoAuthoredBy": false,\n   "hooks": { "Stop": [ { "hooks": [ { "type": "command", "command": "true" } ] } ] } }\n',
    '.claude.json': '{"hasCompletedOnboarding": true, "mcpServers": { "closed": {"type": "http", "url": "http://127.0.0.1:9/mcp"} }}\n',
  }),
  env: (modelUrl) => ({
    ANTHROPIC_BASE_URL: modelUrl,
    ANTHROPIC_API_KEY: 'stub',
    ANTHROPIC_MODEL: 'claude-sonnet-4-6',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_TELEMETRY: '1',
  }),
  args: (prompt) => ['-p', prompt, '--allowedTools', 'Bash(echo *),mcp__ai-memory'],
  tools: ['Bash', 'ToolSearch', 'mcp__ai-memory__memory_write_page'],
  rewrites: ['.claude.json'],
};
