import { basename } from 'node:path';
import type { Material } from '#libs/contracts';
import { redactText } from '#libs/redaction';
import { CheckoutGit, type LoggedCommit } from './checkout-git.js';
import { foldersOf, wantedFiles } from './wanted-files.js';

/** Together they fit into one request, as JSON. */
const FILES_BYTES_MAX = 450_000;
const COMMITS_BYTES_MAX = 300_000;
const COMMITS_MAX = 1_000;
const PATHS_MAX = 20;
const PATH_CHARS_MAX = 400;
const AUTHOR_CHARS_MAX = 200;
const SUBJECT_CHARS_MAX = 300;
const BODY_CHARS_MAX = 1_200;

/** What a checkout shows of its project, read from its last commit: bounded, and without what looks like a secret. */
export async function materialOf(folder: string, name?: string): Promise<Material> {
  const git = await CheckoutGit.open(folder);
  const tracked = await git.files();
  const files: Material['files'] = [];
  let bytes = 0;
  for (const { file, charsMax } of wantedFiles(tracked)) {
    // Redacted whole: a secret that is cut in two is none that can be recognised.
    const text = cut(redactText(await git.text(file)).text, charsMax);
    bytes += jsonBytes(text);
    if (bytes > FILES_BYTES_MAX) break;
    files.push({ path: file.path, text });
  }
  return { name: name ?? basename(git.root), files, folders: foldersOf(tracked).map((each) => ({ ...each, endings: { ...each.endings } })), commits: bounded((await git.commits(COMMITS_MAX)).map(commit)) };
}

function commit({ sha, at, author, subject, body, paths }: LoggedCommit): Material['commits'][number] {
  const fitting = paths.filter((path) => path.length <= PATH_CHARS_MAX).slice(0, PATHS_MAX);
  return { sha, at, author: cut(author, AUTHOR_CHARS_MAX), subject: cut(redactText(subject).text, SUBJECT_CHARS_MAX), body: cut(redactText(body).text, BODY_CHARS_MAX), paths: fitting };
}

/** The newest that fit. */
function bounded(commits: Material['commits']): Material['commits'] {
  let bytes = 0;
  const end = commits.findIndex((each) => (bytes += jsonBytes(each)) > COMMITS_BYTES_MAX);
  return end < 0 ? commits : commits.slice(0, end);
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value)) + 1;
}

/** Never half of a pair of surrogates at the end. */
function cut(text: string, charsMax: number): string {
  return text.slice(0, charsMax).replace(/[\ud800-\udbff]$/, '');
}
