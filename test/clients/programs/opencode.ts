import type { AgentProgram } from '../agent-program.js';

const VERSION = '1.18.33';

export const opencode: AgentProgram = {
  agent: 'opencode',
  command: 'opencode',
  packages: [`opencode-linux-x64@${VERSION}`],
  path: 'opencode-linux-x64/bin/opencode',
  fetched: { packages: [`@opencode-ai/plugin@${VERSION}`], folder: '.config/opencode' },
  files: (modelUrl) => ({
    '.config/opencode/opencode.json': `{
  // of a test
  "$schema": "https://opencode.ai/config.json",
  "autoupdate": false, "share": "disabled",
  "model": "stub/stub", "small_model": "stub/stub", "enabled_providers": ["stub"],
  "provider": { "stub": { "npm": "@ai-sdk/openai-compatible", "options": { "baseURL": "${modelUrl}/v1", "apiKey": "stub" },
    "models": { "stub": { "tool_call": true, "limit": { "context": 200000, "output": 8192 } } } } },
  "permission": { "*": "allow" },
}
`,
  }),
  env: () => ({
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
  }),
  args: (prompt) => ['run', prompt],
  tools: ['bash', 'ai-memory_memory_write_page'],
  rewrites: [],
};
