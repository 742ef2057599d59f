import { knownAgents } from '../registry.js';
import { supportTable } from '../wiring/support-matrix.js';
import { agentWirings } from '../wiring/agent-wirings.js';

/** The page that leads to those of the agents, in Markdown. */
export function renderAgentsIndex(): string {
  const wired = new Set(agentWirings.map(({ agent }) => agent));
  const others = knownAgents.filter(({ name }) => !wired.has(name)).map(({ name }) => `\`${name}\``).join(', ');
  return `# Connect an agent

<!-- Made by \`npm run docs:agents\` from libs/agents/src/pages/. -->

An agent is connected in two ways, best in both: **hooks** (or a plugin) report what happens and bring the handoff; **MCP** lets the agent search, read and
write.

\`\`\`sh
ai-memory setup     # finds the agents of this machine, signs in, wires them, and proves it
ai-memory doctor    # what is wrong, and how to mend it
\`\`\`

[cli.md](cli.md) has every command. A hook puts its event into a spool and is done; the event is sent behind it, and kept while the server is away.

## Agents

${supportTable(({ agent, label }) => `[${label}](agents/${agent}.md)`)}

✓ in the middle columns: it reports that. Each page says what is written into which file, how to see that it works, and what the agent can't do.

## Without a token

An agent that speaks MCP's OAuth signs in by itself where it is given the server's address alone: [oauth.md](oauth.md). Claude Code, Codex, OpenCode and Antigravity have settings for it, and
Claude Desktop's *Connectors* want it. Hooks don't: they take the token that \`ai-memory login\` keeps.

## By hand

Where the command can't be: any program that can POST JSON can report, and any MCP client with streamable HTTP can ask. [wire.md](wire.md) has the requests
and the tools. What is sent by hand while the server is away is lost.

\`\`\`sh
U=https://memory.example.com
claude mcp add --transport http ai-memory $U/mcp --header "Authorization: Bearer $MEM_TOKEN"
curl -H "Authorization: Bearer $MEM_TOKEN" -d '{"session_id":"s1","cwd":"'$PWD'","prompt":"Why?"}' "$U/hook?agent=claude-code&event=UserPromptSubmit"
\`\`\`

These are known by name as well, without a wiring of their own: ${others}. Others are taken in under the name that they give.

Claude Code has hooks of \`"type": "http"\` too. The command does not write them: the agent waits for the server at each, \`SessionStart\` can't have one, and
nothing is kept while the server is away. Where no program may be run they are better than nothing:
\`{ "type": "http", "url": "https://memory.example.com/hook?agent=claude-code", "timeout": 3, "headers": { "Authorization": "Bearer $MEM_TOKEN" }, "allowedEnvVars": ["MEM_TOKEN"] }\`;
at \`UserPromptSubmit\` the answer (\`queued\`) becomes context, so leave that event out.
`;
}
