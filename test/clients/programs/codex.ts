import type { AgentProgram } from '../agent-program.js';

export const codex: AgentProgram = {
  agent: 'codex',
  command: 'codex',
  packages: ['@openai/codex-linux-x64@npm:@openai/codex@0.169.0-linux-x64'],
  path: '@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex',
  files: (modelUrl) => ({
    '.codex/config.toml': `# of a test
model = "gpt-5-codex"
model_provider = "stub"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false

[features] # each of them asks somebody at the start
apps = false
plugins = false
remote_plugin = false

[analytics]
enabled = false

[model_providers.stub]
name = "stub"
base_url = "${modelUrl}/v1"
env_key = "STUB_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`,
    '.codex/hooks.json': '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "true"}]}]}}\n',
  }),
  env: () => ({ STUB_KEY: 'stub' }),
  args: (prompt) => ['exec', prompt],
  tools: ['Bash', 'mcp__ai_memory__memory_write_page'],
  rewrites: [],
};
