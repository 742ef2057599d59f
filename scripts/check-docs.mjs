import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['apps', 'libs', 'docs', 'deploy', 'k8s', 'scripts', 'test', '.ci'];
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];

/** The paths that a document names: targets of relative links (from the document), and code spans that start with one of our folders (from the root). */
export function namedPaths(markdown) {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]).filter((target) => !/^([a-z]+:|#|\/)/.test(target));
  const spans = [...prose.matchAll(/`([^`\s]+)`/g)].map((match) => match[1]).filter((span) => FOLDERS.some((folder) => span.startsWith(`${folder}/`)));
  return { links: links.map((target) => target.replace(/#.*$/, '')), spans: spans.map(withoutPlaceholders) };
}

/** `apps/<app>/src` promises only `apps`; `libs/bus/src/bus.ts:12` promises the file. */
function withoutPlaceholders(path) {
  const parts = path.replace(/:\d+(-\d+)?$/, '').split('/');
  const placeholder = parts.findIndex((part) => /[<>*{}…[\]$]|\.\.\./.test(part));
  return (placeholder < 0 ? parts : parts.slice(0, placeholder)).join('/');
}

/** One line for each path that a document of this tree names and that does not exist. */
export function brokenPaths(root) {
  const inDocs = existsSync(join(root, 'docs')) ? readdirSync(join(root, 'docs'), { recursive: true }).filter((file) => file.endsWith('.md')).map((file) => join('docs', file)) : [];
  return [...DOCUMENTS, ...inDocs].filter((file) => existsSync(join(root, file))).flatMap((file) => {
    const { links, spans } = namedPaths(readFileSync(join(root, file), 'utf8'));
    const named = [...links.map((link) => relative(root, join(root, dirname(file), link))), ...spans];
    return named.filter((path) => !existsSync(join(root, path))).map((path) => `${file}: ${path} does not exist`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const broken = brokenPaths(dirname(dirname(fileURLToPath(import.meta.url))));
  for (const line of broken) console.error(line);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
