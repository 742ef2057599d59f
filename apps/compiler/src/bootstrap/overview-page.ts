import type { Material } from '#libs/contracts';
import { codeSpan, prose } from '../rules/markdown.js';
import { clamp, counted, listedUpTo, plainText } from '../rules/text.js';
import type { BootstrapPage } from './bootstrap-page.js';
import { commandsOf, isEssential, jsonOf } from './commands.js';
import { languagesOf } from './languages.js';
import { fencesOf, firstSentence, paragraphsOf, sectionsOf, titleOf } from './markdown-text.js';
import { section, table } from './table.js';

type File = Material['files'][number];

const README = /^readme(?:\.(?:md|markdown|rst|txt))?$/i;
/** What those who work on a project are told: people and agents. */
const GUIDE = /^(?:\.github\/|docs\/)?(?:CONTRIBUTING|ARCHITECTURE|DEVELOPMENT|HACKING|AGENTS|CLAUDE|GEMINI|copilot-instructions)\.md$/i;
const DOCUMENT = /^(?:docs?|documentation)\/(?!.*(?:adrs?|decisions|decision-records)\/).+\.md$/;
const PARAGRAPHS_MAX = 3;
const PARAGRAPH_CHARS_MAX = 450;
const SENTENCE_CHARS_MAX = 160;
const COMMAND_CHARS_MAX = 140;
const FOLDERS_MAX = 30;
const COMMANDS_MAX = 16;
const DOCUMENTS_MAX = 30;
const HEADINGS_MAX = 12;
const FENCES_MAX = 2;
const FENCE_LINES_MAX = 12;
const PACKAGES_MAX = 24;

/** What the project is, where things lie, how it is built, tested and run, and where more is written. */
export function overviewPage(material: Material): BootstrapPage {
  const { name, files } = material;
  const readme = files.find(({ path }) => README.test(path));
  const guides = files.filter(({ path }) => GUIDE.test(path));
  const documents = files.filter(({ path }) => DOCUMENT.test(path) && !GUIDE.test(path)).toSorted((a, b) => depthOf(a) - depthOf(b) || (a.path < b.path ? -1 : 1));
  const lines = [
    ...section('What it is', about(readme, files)),
    ...section('Layout', layout(material)),
    ...section('Build, test, run', [...commands(material), ...shownIn(readme)]),
    ...section('Made with', madeWith(material)),
    ...section('For those who work on it', guides.map(guide)),
    ...section('Documents', documents.slice(0, DOCUMENTS_MAX).map(document)),
  ];
  const manifests = files.filter(({ path }) => !path.includes('/') && !README.test(path) && !GUIDE.test(path));
  const sources = [...(readme ? [readme] : []), ...guides, ...manifests].map(({ path }) => path);
  return { path: 'concepts/overview.md', title: `${name}: overview`, kind: 'concept', sources, lines };
}

/** What the manifest says, where the readme does not say it too, and the first paragraphs of the readme. */
function about(readme: File | undefined, files: readonly File[]): string[] {
  const paragraphs = readme ? sectionsOf(readme.text).slice(0, 3).flatMap(({ text }) => paragraphsOf(text)) : [];
  const described = descriptionIn(files.find(({ path }) => path === 'package.json')?.text ?? '');
  const isSaid = described === undefined || paragraphs.some((words) => words.includes(described));
  const said = [...(isSaid ? [] : [[described, 'package.json'] as const]), ...paragraphs.slice(0, PARAGRAPHS_MAX).map((words) => [words, readme!.path] as const)];
  const from = [...new Set(said.map(([, path]) => path))].map((path) => codeSpan(path, COMMAND_CHARS_MAX));
  return said.length === 0 ? [] : [...said.flatMap(([words]) => [prose(words, PARAGRAPH_CHARS_MAX), '']), `(from ${from.join(' and ')})`];
}

/** Folders of the first level, and those of the second that say what they are. */
function layout({ folders, files }: Material): string[] {
  const known = folders.map((folder) => ({ ...folder, is: purposeOf(folder.path, files) }));
  const shown = known.filter(({ path, is }) => !path.includes('/') || is !== undefined).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const rows = shown.slice(0, FOLDERS_MAX).map(({ path, files: count, endings, is }) => [
    codeSpan(`${path}/`, COMMAND_CHARS_MAX), String(count), languagesOf(endings).slice(0, 2).map(({ language }) => language).join(', '), is ?? '',
  ]);
  const more = shown.length - rows.length;
  return [...table(['folder', 'files', 'mostly', 'is'], rows), ...(more > 0 ? ['', `And ${counted(more, 'folder')} more.`] : [])];
}

/** What a folder's own readme or manifest says of it. */
function purposeOf(folder: string, files: readonly File[]): string | undefined {
  const inside = (name: string): string | undefined => files.find(({ path }) => path.toLowerCase() === `${folder}/${name}`.toLowerCase())?.text;
  const described = descriptionIn(inside('package.json') ?? '');
  return described ? prose(described, SENTENCE_CHARS_MAX) : firstSentence(inside('README.md') ?? '', SENTENCE_CHARS_MAX);
}

function descriptionIn(manifest: string): string | undefined {
  const { description } = jsonOf(manifest) as { description?: unknown };
  return typeof description === 'string' && description.trim() !== '' ? description : undefined;
}

function commands(material: Material): string[] {
  const known = commandsOf(material).filter(({ from }) => !from.includes('/'));
  const shown = known.filter(isEssential).slice(0, COMMANDS_MAX);
  const rows = shown.map(({ command, does, from }) => [codeSpan(command, COMMAND_CHARS_MAX), does, codeSpan(from, COMMAND_CHARS_MAX)]);
  return [...table(['command', 'does', 'from'], rows), ...(known.length > shown.length ? ['', `All ${known.length}: [[procedures/commands.md]].`] : [])];
}

/** What the readme shows to be typed. */
function shownIn(readme: File | undefined): string[] {
  if (readme === undefined) return [];
  const telling = sectionsOf(readme.text).filter(({ title }) => /\b(?:install|set ?up|start|started|quick ?start|usage|run|running|build|test|tests|develop|development)/i.test(title));
  const blocks = telling.flatMap(({ title, text }) => fencesOf(text, FENCE_LINES_MAX).slice(0, 1).map((lines) => ({ title, lines }))).slice(0, FENCES_MAX);
  return blocks.flatMap(({ title, lines }) => ['', `${codeSpan(readme.path, COMMAND_CHARS_MAX)}, ${prose(title, SENTENCE_CHARS_MAX)}:`, '', ...fenced(lines)]);
}

function fenced(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  return ['`'.repeat(longest + 1), ...lines.map((line) => clamp(plainText(line), COMMAND_CHARS_MAX)), '`'.repeat(longest + 1)];
}

function depthOf({ path }: File): number {
  return path.split('/').length;
}

function madeWith({ folders, files }: Material): string[] {
  const endings: Record<string, number> = {};
  for (const folder of folders.filter(({ path }) => !path.includes('/'))) for (const [ending, count] of Object.entries(folder.endings)) endings[ending] = (endings[ending] ?? 0) + count;
  const languages = languagesOf(endings).slice(0, 5).map(({ language, files: count }) => `${language} (${counted(count, 'file')})`);
  const manifest = jsonOf(files.find(({ path }) => path === 'package.json')?.text ?? '');
  const packages = Object.keys(manifest['dependencies'] ?? {}).filter((name) => !name.startsWith('@types/')).map((name) => codeSpan(name, COMMAND_CHARS_MAX));
  const engines = Object.entries(manifest['engines'] ?? {}).map(([engine, version]) => codeSpan(`${engine} ${String(version)}`, COMMAND_CHARS_MAX));
  return [
    ...(languages.length > 0 ? [`- Languages: ${languages.join(', ')}`] : []),
    ...(engines.length > 0 ? [`- Needs ${engines.join(', ')}`] : []),
    ...(packages.length > 0 ? [`- Depends on ${listedUpTo(packages, PACKAGES_MAX)}`] : []),
  ];
}

function guide({ path, text }: File): string {
  const headings = sectionsOf(text).filter(({ level }) => level > 0).map(({ title }) => prose(title, SENTENCE_CHARS_MAX)).slice(1);
  const sentence = firstSentence(text, SENTENCE_CHARS_MAX);
  return `- ${codeSpan(path, COMMAND_CHARS_MAX)}${sentence ? `: ${sentence}` : ''}${headings.length > 0 ? ` Tells of: ${listedUpTo(headings, HEADINGS_MAX)}.` : ''}`;
}

function document({ path, text }: File): string {
  const [title, sentence] = [titleOf(text), firstSentence(text, SENTENCE_CHARS_MAX)];
  return `- ${codeSpan(path, COMMAND_CHARS_MAX)}${title ? `, ${prose(title, SENTENCE_CHARS_MAX)}` : ''}${sentence ? `: ${sentence}` : ''}`;
}
