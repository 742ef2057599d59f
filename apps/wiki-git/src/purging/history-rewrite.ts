import { blobOf } from '../objects/git-object.js';

/** Where the rewritten history stands until the branch is put there. */
export const REWRITTEN = 'refs/purge/head';

const NO_BLOB = '';
const TRAILER = /^(Agent|User|Session): /;

interface ExportedCommit {
  /** Number by which the stream names it, from 1. */
  readonly mark: string;
  readonly id: string;
  /** `author`, `committer` and the like, as they stand. */
  readonly heading: readonly string[];
  readonly message: Buffer;
  readonly parents: readonly string[];
  readonly changes: readonly ExportedChange[];
}

interface ExportedChange {
  readonly line: string;
  readonly path: string;
  /** Empty where the file is deleted. */
  readonly blob: string;
}

export interface RewrittenHistory {
  /** What `git fast-import` makes the new history of, on `REWRITTEN`; it wants the files' contents to be there. */
  readonly stream: Buffer;
  /** For each commit that was, the number of the commit that stands for it; null where nothing is left of it and before. */
  readonly marks: ReadonlyMap<string, string | null>;
  /** Paths out of whose history something was taken. */
  readonly paths: readonly string[];
  /** Blobs that no commit names any more. */
  readonly blobs: readonly string[];
  /** Paths that hold one of the blobs that were taken out elsewhere. */
  readonly elsewhere: readonly string[];
  /** Commits that say something else of people now, and whose parents don't: what every clone of before has one of. */
  readonly renamed: readonly string[];
}

/** What is said differently, of people who are to be named no more. */
export interface Renaming {
  heading(line: string): string;
  message(message: string): string;
  /** Contents of files that stand in the place of others, by the names git gave to these. */
  readonly contents: ReadonlyMap<string, Buffer>;
}

const NOTHING_RENAMED: Renaming = { heading: (line) => line, message: (message) => message, contents: new Map() };

/**
 * A history without what was purged. `isFirst` tells from which changes on: such a change and every later change of that path
 * are left out, along every line of commits. A commit of which nothing is left goes; one of which something is left keeps its
 * author and times, and loses its message but for the trailers, as that may tell of what went. The last commit stays in any case.
 * What `renaming` says differently is said so in every commit that is left.
 */
export function rewriteHistory(exported: Buffer, isFirst: (path: string, commit: string) => boolean, renaming: Renaming = NOTHING_RENAMED): RewrittenHistory {
  const commits = parseExport(exported);
  const rewriting = new Rewriting(isFirst, renaming);
  commits.forEach((commit, index) => rewriting.add(commit, index === commits.length - 1));
  return rewriting.result();
}

class Rewriting {
  private readonly parts: (string | Buffer)[] = ['feature done\n'];
  private readonly standIns = new Map<string, string | null>();
  private readonly ids = new Map<string, string | null>();
  private readonly tainted = new Map<string, ReadonlySet<string>>();
  private readonly dropped = new Map<string, Set<string>>();
  private readonly kept = new Map<string, string>();
  private readonly renamed = new Set<string>();
  private readonly firstRenamed: string[] = [];

  constructor(private readonly isFirst: (path: string, commit: string) => boolean, private readonly renaming: Renaming) {
    for (const content of renaming.contents.values()) this.parts.push(`blob\ndata ${content.length}\n`, content, '\n');
  }

  add(commit: ExportedCommit, isLast: boolean): void {
    const tainted = this.taintedIn(commit);
    this.tainted.set(commit.mark, tainted);
    const changes = commit.changes.filter(({ path }) => !tainted.has(path));
    const isTouched = changes.length < commit.changes.length;
    for (const { path, blob } of commit.changes) this.note(path, blob, tainted.has(path));
    const parents = [...new Set(commit.parents.flatMap((parent) => this.standIns.get(parent) ?? []))];
    const isGone = isTouched && changes.length === 0 && commit.parents.length < 2 && !isLast;
    const standIn = isGone ? parents[0] ?? null : commit.mark;
    this.standIns.set(commit.mark, standIn);
    this.ids.set(commit.id, standIn);
    if (isGone) return;
    const said = this.said(commit);
    this.parts.push(...commandsOf(said, isTouched ? bareMessage(said.message) : said.message, parents, changes.map((change) => this.replaced(change))));
  }

  /** Descendants of what was renamed have other names too, and need not be noted. */
  private said(commit: ExportedCommit): ExportedCommit {
    const heading = commit.heading.map((line) => this.renaming.heading(line));
    const text = commit.message.toString();
    const message = this.renaming.message(text);
    const isSame = message === text && heading.every((line, index) => line === commit.heading[index]) && !commit.changes.some(({ blob }) => this.renaming.contents.has(blob));
    if (isSame && !commit.parents.some((parent) => this.renamed.has(parent))) return commit;
    if (!isSame && !commit.parents.some((parent) => this.renamed.has(parent))) this.firstRenamed.push(commit.id);
    this.renamed.add(commit.mark);
    return { ...commit, heading, message: message === text ? commit.message : Buffer.from(message) };
  }

  private replaced(change: ExportedChange): ExportedChange {
    const content = this.renaming.contents.get(change.blob);
    return content ? { ...change, line: change.line.replace(change.blob, blobOf(content)) } : change;
  }

  result(): RewrittenHistory {
    const dropped = new Set([...this.dropped.values()].flatMap((blobs) => [...blobs]));
    dropped.delete(NO_BLOB);
    return {
      stream: Buffer.concat([...this.parts, 'done\n'].map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
      marks: this.ids,
      paths: [...this.dropped.keys()].toSorted(),
      blobs: [...[...dropped].filter((blob) => !this.kept.has(blob)), ...this.renaming.contents.keys()],
      elsewhere: [...new Set([...dropped].flatMap((blob) => this.kept.get(blob) ?? []))].filter((path) => !this.dropped.has(path)).toSorted(),
      renamed: this.firstRenamed,
    };
  }

  private taintedIn({ id, parents, changes }: ExportedCommit): ReadonlySet<string> {
    const sets = parents.map((parent) => this.tainted.get(parent)!);
    const fresh = changes.filter(({ path }) => this.isFirst(path, id) && !sets[0]?.has(path)).map(({ path }) => path);
    // Most commits taint nothing more than the one before.
    if (sets.length === 1 && fresh.length === 0) return sets[0]!;
    return new Set([...sets.flatMap((set) => [...set]), ...fresh]);
  }

  private note(path: string, blob: string, isDropped: boolean): void {
    if (!isDropped) return void this.kept.set(blob, path);
    const blobs = this.dropped.get(path) ?? new Set();
    this.dropped.set(path, blobs.add(blob));
  }
}

function commandsOf({ mark, heading }: ExportedCommit, message: Buffer, parents: readonly string[], changes: readonly ExportedChange[]): (string | Buffer)[] {
  // Without a parent git would take the commit before for it.
  const reset = parents.length === 0 ? `reset ${REWRITTEN}\n\n` : '';
  const lineage = parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} :${parent}\n`).join('');
  return [
    `${reset}commit ${REWRITTEN}\nmark :${mark}\n${heading.map((line) => `${line}\n`).join('')}data ${message.length}\n`, message, '\n', lineage, ...changes.map(({ line }) => `${line}\n`), '\n',
  ];
}

/** A message without words of its own. */
function bareMessage(message: Buffer): Buffer {
  const trailers = message.toString().trimEnd().split('\n\n').at(-1)!.split('\n');
  const kept = trailers.every((line) => TRAILER.test(line)) ? `\n${trailers.join('\n')}\n` : '';
  return Buffer.from(`Change pages, one of which was purged since\n${kept}`);
}

/** The names of the files' contents that a history has, each once. */
export function blobsOf(exported: Buffer): string[] {
  return [...new Set(parseExport(exported).flatMap(({ changes }) => changes.map(({ blob }) => blob)))].filter((blob) => blob !== NO_BLOB);
}

/** Reads what `git fast-export --no-data --show-original-ids` writes of one branch. */
function parseExport(exported: Buffer): ExportedCommit[] {
  const commits: ExportedCommit[] = [];
  let at = 0;
  const line = (): string => {
    const end = exported.indexOf('\n', at);
    const text = exported.toString('utf8', at, end < 0 ? exported.length : end);
    at = end < 0 ? exported.length : end + 1;
    return text;
  };
  const lines = function* (isPart: (text: string) => boolean): Generator<string> {
    for (let start = at, text = line(); ; start = at, text = line()) {
      if (text === '' || !isPart(text)) return void (at = text === '' ? at : start);
      yield text;
    }
  };
  while (at < exported.length) {
    if (!line().startsWith('commit ')) continue;
    const heading = [...lines((text) => !text.startsWith('data '))];
    const bytes = Number(line().slice('data '.length));
    const message = exported.subarray(at, at + bytes);
    at += bytes;
    if (exported[at] === 0x0a) at += 1;
    const rest = [...lines((text) => /^(from|merge|M|D) /.test(text))];
    commits.push(commitOf(heading, message, rest));
  }
  return commits;
}

function commitOf(heading: readonly string[], message: Buffer, rest: readonly string[]): ExportedCommit {
  const named = (name: string): string => heading.find((line) => line.startsWith(`${name} `))!.slice(name.length + 1);
  return {
    mark: named('mark').slice(1),
    id: named('original-oid'),
    heading: heading.filter((line) => /^(author|committer|encoding) /.test(line)),
    message,
    parents: rest.flatMap((line) => /^(?:from|merge) :(\d+)$/.exec(line)?.[1] ?? []),
    changes: rest.flatMap((line) => {
      const [, blob, written, deleted] = /^(?:M \d{6} ([0-9a-f]{40}) (.*)|D (.*))$/s.exec(line) ?? [];
      return blob === undefined && deleted === undefined ? [] : [{ line, path: written ?? deleted!, blob: blob ?? NO_BLOB }];
    }),
  };
}
