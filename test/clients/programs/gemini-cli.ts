import type { AgentProgram } from '../agent-program.js';

export const geminiCli: AgentProgram = {
  agent: 'gemini-cli',
  command: 'gemini',
  packages: ['@google/gemini-cli@0.61.0'],
  path: '@google/gemini-cli/bundle/gemini.js',
  files: () => ({
    '.gemini/settings.json': `{
  // of a test
  "general": { "enableAutoUpdate": false, "enableAutoUpdateNotification": false },
  "privacy": { "usageStatisticsEnabled": false },
  "security": { "auth": { "selectedType": "gemini-api-key" }, "folderTrust": { "enabled": false } },
  "telemetry": { "enabled": false }
}
`,
  }),
  env: (modelUrl) => ({ GEMINI_API_KEY: 'stub', GOOGLE_GEMINI_BASE_URL: modelUrl, GEMINI_CLI_NO_RELAUNCH: 'true' }),
  args: (prompt) => ['--yolo', '-m', 'gemini-2.5-flash', '-p', prompt],
  tools: ['run_shell_command', 'mcp_ai-memory_memory_write_page'],
  rewrites: [],
};
