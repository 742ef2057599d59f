import type { SupportRow } from '../wiring/support-matrix.js';
import type { AgentWiring, WiringPurpose } from '../wiring/wiring.js';
import { type ExampleFile, exampleFiles } from './example.js';

/** A longer file is a program of ours, which is not there to be read on a page. */
const LINES_SHOWN_MAX = 100;

const PURPOSES: Readonly<Record<WiringPurpose, string>> = {
  mcp: 'our MCP server', hooks: 'our hooks', plugin: 'our plugin', instructions: 'when to use the tools, with `--instructions` only',
};

/** The page that tells people how an agent is connected, in Markdown. */
export function renderAgentPage(wiring: AgentWiring, row: SupportRow): string {
  const { agent, label } = wiring;
  return [
    `# ${label}`,
    `<!-- Made by \`npm run docs:agents\` from libs/agents/src/${agent}.ts. -->`,
    block('sh', commands(agent, row).join('\n')),
    facts(row).join('\n'),
    '## What is written',
    `Into what is there already, beside everything else that it holds; \`ai-memory\` shows the difference first, unless told to \`--apply\` it.${variables(wiring)}`,
    ...files(wiring),
    '## See that it works',
    [...(wiring.seenBy ? [wiring.seenBy] : []), proof(row)].join('\n'),
    '## Limits',
    wiring.limits.map((limit) => `- ${limit}`).join('\n'),
    '## Take it out',
    block('sh', `ai-memory uninstall --agent ${agent}            # shows the difference …\nai-memory uninstall --agent ${agent} --apply    # … and makes it`),
    'What was there before is then as it was, bytes and permissions; files that only we have written are gone.',
  ].join('\n\n') + '\n';
}

function commands(agent: string, { capture, mcp, instructions }: SupportRow): string[] {
  return [
    `ai-memory setup --agent ${agent}    # hooks and MCP, with a proof; or step by step, after \`ai-memory login\`:`,
    ...(capture === 'none' ? [] : [`ai-memory install-hooks --agent ${agent} --apply`]),
    ...(mcp ? [`ai-memory install-mcp --client ${agent} --apply`] : []),
    ...(instructions ? [`ai-memory install-instructions --agent ${agent} --apply`] : []),
  ];
}

function facts({ label, capture, handoff, minimumVersion }: SupportRow): string[] {
  const captured = capture === 'none' ? `${label} is not captured by files of its own.` : `${label} is captured by ${capture === 'hooks' ? 'its hooks' : 'a plugin'}.`;
  const told = handoff ? `It is told where the last session left off at its event \`${handoff}\`.` : 'It has to ask where the last session left off: `memory_handoff_accept`.';
  const version = minimumVersion ? `It needs version ${minimumVersion} or newer; \`ai-memory doctor\` checks that.` : 'Which version it needs at least is not known.';
  return [captured, told, version];
}

function variables({ mayReadVariable }: AgentWiring): string {
  return mayReadVariable ? '\nTo keep the token out of the file: `install-mcp … --token-variable NAME`, and the agent reads that environment variable.' : '';
}

/** Programs that differ in the event that they are named for are shown once. */
function files({ files: filesOf }: AgentWiring): string[] {
  const all = exampleFiles(filesOf);
  const programs = all.filter(isProgram);
  return all.filter((file) => !isProgram(file) || file === programs[0]).flatMap((file) => describe(file, isProgram(file) ? programs.slice(1) : []));
}

function isProgram({ files: [file] }: ExampleFile): boolean {
  return file!.mode !== undefined && (file!.mode & 0o100) !== 0;
}

function describe({ files: wired, path, elsewhere, text }: ExampleFile, alike: readonly ExampleFile[]): string[] {
  const places = [path, ...elsewhere].map((each) => `\`${each}\``).join(', elsewhere ');
  const title = `${places}: ${wired.map(({ purpose }) => PURPOSES[purpose]).join(' and ')}`;
  const others = alike.length > 0 ? `. The same for each of ${alike.map((each) => `\`${each.path.split('/').at(-1)}\``).join(', ')}` : '';
  const lines = text.trimEnd().split('\n').length;
  if (lines > LINES_SHOWN_MAX) return [`${title}: ${lines} lines, a file of its own.`];
  return [`${title}${others}`, block(languageOf(path), text.trimEnd())];
}

function languageOf(path: string): string {
  return path.split('.').at(-1)!;
}

function proof({ capture }: SupportRow): string {
  const asked = 'Ask it to call `memory_status`: the answer names the project.';
  const captured = 'After a prompt `ai-memory sessions` lists the session.';
  return `${capture === 'none' ? asked : `${asked} ${captured}`} Where it does not: \`ai-memory doctor\`.`;
}

function block(language: string, text: string): string {
  const fence = text.includes('```') ? '~~~~' : '```';
  return `${fence}${language}\n${text}\n${fence}`;
}
