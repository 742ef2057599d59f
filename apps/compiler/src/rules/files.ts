import type { ToolFamily, ToolUse } from '#libs/contracts';
import type { Action } from './actions.js';

export interface FileHistory {
  /** As the session saw it: relative to the session's folder where it is inside. */
  path: string;
  changes: number;
  reads: number;
  isCreated: boolean;
  isDeleted: boolean;
  isStaged: boolean;
  /** Known as changed by the agent's own words alone. */
  isNamed: boolean;
  lastPlace: number;
  /** When it was last read or changed, and last changed; RFC 3339. */
  lastAt: string;
  changedAt: string | null;
  /** Of the events that were about it, the latest `PLACES_MAX`. */
  places: number[];
}

const FILES_MAX = 400;
const NAMED_MAX = 60;
const PLACES_MAX = 64;
const CREATED = /\b(?:file )?created\b|"type":\s*"create"|^\*\*\* Add File:/im;

/** The path relative to the session's folder; outside of it, and on another drive, it stays whole. */
export function relativePath(path: string, cwd: string | null): string {
  const tidy = path.trim().replaceAll('\\', '/').replace(/^file:\/\//, '').replace(/(?<=.)\/+$/, '').replace(/^\.\//, '');
  const root = (cwd ?? '').replaceAll('\\', '/').replace(/\/+$/, '');
  if (root === '') return tidy;
  if (tidy === root) return '.';
  const isInside = tidy.startsWith(`${root}/`) || (/^[a-z]:/i.test(root) && tidy.toLowerCase().startsWith(`${root.toLowerCase()}/`));
  return isInside ? tidy.slice(root.length + 1) : tidy;
}

/** A call may be about several files, one a line. */
export function pathsOf(path: string | undefined): string[] {
  return (path ?? '').split('\n').filter((line) => line.trim() !== '');
}

export function isChange(family: ToolFamily): boolean {
  return family === 'edit' || family === 'write';
}

/** Remembers which files were read and changed, and how often. Memory is bounded; what does not fit is counted. */
export class FileLedger {
  readonly #byPath = new Map<string, FileHistory>();
  readonly #named = new Map<string, number>();
  #changesWithoutPath = 0;
  #forgotten = 0;

  constructor(private readonly cwd: string | null) {}

  /** Notes what a tool call did to its files and gives their paths; failed calls leave no trace. */
  add({ tool, place, endPlace, isFinished }: Action, at: string): string[] {
    if (tool.outcome === 'error' || !isFinished) return [];
    const paths = pathsOf(tool.path).map((path) => relativePath(path, this.cwd));
    if (paths.length === 0 && isChange(tool.family)) this.#changesWithoutPath++;
    for (const path of paths) {
      const history = this.#note(path, tool, place);
      history.lastAt = at;
      if (isChange(tool.family)) history.changedAt = at;
      history.places = [...new Set([...history.places, place, endPlace])].slice(-PLACES_MAX);
    }
    return paths;
  }

  /** Files that a version control command named as changed; agents that edit by shell leave no other sign. */
  addStaged(paths: readonly string[], place: number, at: string): void {
    for (const path of paths) {
      const history = this.#historyOf(relativePath(path, this.cwd));
      history.isStaged = true;
      history.lastPlace = place;
      history.lastAt = at;
      history.changedAt ??= at;
      history.places = [...history.places, place].slice(-PLACES_MAX);
    }
  }

  /** Files that the agent said it changed; they count where edits came without their file. */
  addNamed(paths: readonly string[], place: number): void {
    for (const path of paths.map((each) => relativePath(each, this.cwd))) {
      if (this.#named.has(path) || this.#named.size < NAMED_MAX) this.#named.set(path, place);
    }
  }

  get changesWithoutPath(): number {
    return this.#changesWithoutPath;
  }

  /** Different files beyond the bound. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** In order of their first appearance; last those that only the agent's words tell of. */
  get changed(): FileHistory[] {
    const recorded = [...this.#byPath.values()].filter((file) => file.changes > 0 || file.isStaged);
    return [...recorded, ...this.#onlyNamed(recorded)];
  }

  /** Files that were read and not changed, the most read first. */
  get onlyRead(): FileHistory[] {
    const named = new Set(this.changed.map((file) => file.path));
    return [...this.#byPath.values()].filter((file) => file.changes === 0 && !file.isStaged && !named.has(file.path)).toSorted((a, b) => b.reads - a.reads);
  }

  /** A bare name stands for the one path that ends with it, where there is one. */
  #onlyNamed(recorded: readonly FileHistory[]): FileHistory[] {
    if (this.#changesWithoutPath === 0) return [];
    const found = new Map<string, FileHistory>();
    for (const [name, place] of this.#named) {
      const same = [...this.#byPath.keys(), ...this.#named.keys()].filter((path) => path === name || path.endsWith(`/${name}`));
      const path = same.findLast((each) => each !== name) ?? name;
      if (new Set(same).size > 2 || recorded.some((file) => file.path === path)) continue;
      found.set(path, { path, changes: 0, reads: 0, isCreated: false, isDeleted: false, isStaged: false, isNamed: true, lastPlace: place, lastAt: '', changedAt: null, places: [] });
    }
    return [...found.values()];
  }

  #note(path: string, tool: ToolUse, place: number): FileHistory {
    const history = this.#historyOf(path);
    history.lastPlace = place;
    if (!isChange(tool.family)) {
      history.reads++;
      return history;
    }
    const isFirst = history.changes + history.reads === 0;
    if (isFirst && CREATED.test(tool.excerpt ?? '')) history.isCreated = true;
    history.isDeleted = /delete/i.test(tool.name);
    history.changes++;
    return history;
  }

  #historyOf(path: string): FileHistory {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const history: FileHistory = { path, changes: 0, reads: 0, isCreated: false, isDeleted: false, isStaged: false, isNamed: false, lastPlace: 0, lastAt: '', changedAt: null, places: [] };
    if (this.#byPath.size >= FILES_MAX) this.#forgetOne();
    this.#byPath.set(path, history);
    return history;
  }

  #forgetOne(): void {
    const [path] = [...this.#byPath].find(([, file]) => file.changes === 0) ?? [...this.#byPath][0] ?? [];
    if (path === undefined) return;
    this.#byPath.delete(path);
    this.#forgotten++;
  }
}
