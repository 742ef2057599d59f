import type { Material } from '#libs/contracts';
import { codeSpan } from '../rules/markdown.js';
import type { BootstrapPage } from './bootstrap-page.js';
import { commandsOf, type KnownCommand } from './commands.js';
import { decisionPages } from './decision-pages.js';
import { historyPage } from './history-page.js';
import { isOrder } from './markdown-text.js';
import { overviewPage } from './overview-page.js';
import { section, table } from './table.js';

const COMMAND_CHARS_MAX = 200;
const COMMANDS_MAX = 120;

/** All pages that a checkout gives, by rules alone. The same material gives the same pages, and no two have the same path. */
export function bootstrapPages(material: Material): BootstrapPage[] {
  const pages = [overviewPage(material), historyPage(material), ...decisionPages(material), commandsPage(material)].filter((page) => page !== null);
  const safe = pages.filter(({ title }) => !isOrder(title)).map((page) => ({ ...page, lines: page.lines.filter((line) => !isOrder(line)) }));
  return safe.filter(({ path, lines }, index) => lines.length > 0 && safe.findIndex((other) => other.path === path) === index);
}

function commandsPage(material: Material): BootstrapPage | null {
  const commands = commandsOf(material).slice(0, COMMANDS_MAX);
  if (commands.length === 0) return null;
  const files = [...new Set(commands.map(({ from }) => from))];
  const [scripts, manifests] = [files.filter((file) => isOwnScript(file, commands)), files.filter((file) => !isOwnScript(file, commands))];
  const ofFiles = (given: readonly string[]): string[] => table(['command', 'does'], commands.filter(({ from }) => given.includes(from)).map(({ command, does }) => [codeSpan(command, COMMAND_CHARS_MAX), does]));
  const lines = [...manifests.flatMap((file) => section(codeSpan(file, COMMAND_CHARS_MAX), ofFiles([file]))), ...section('Scripts', ofFiles(scripts))];
  return { path: 'procedures/commands.md', title: `${material.name}: commands`, kind: 'procedure', sources: files, lines };
}

function isOwnScript(file: string, commands: readonly KnownCommand[]): boolean {
  return commands.some(({ command, from }) => from === file && command.endsWith(` ${file}`));
}
