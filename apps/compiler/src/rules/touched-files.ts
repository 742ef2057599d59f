import type { TouchedFile } from './compiled-session.js';
import type { FileHistory } from './files.js';
import type { Commit } from './git-facts.js';
import type { Story } from './story.js';

/**
 * Files that the agent's tools or git's commands were about, and those that others changed, where a pull showed them. What an
 * agent only says it changed proves nothing, and is left out.
 */
export function touchedFiles({ files, git }: Story): TouchedFile[] {
  const recorded = [...files.changed.filter((file) => !file.isNamed), ...files.onlyRead].map((file) => touchedFile(file, git.commits));
  const byPath = new Map(recorded.map((file) => [file.path, file]));
  for (const { path, commit, place, at } of git.pulled.values()) {
    const own = byPath.get(path);
    if (!own?.isChanged) byPath.set(path, { path, touchedAt: at, isChanged: true, commit, places: [...(own?.places ?? []), place] });
  }
  return [...byPath.values()];
}

function touchedFile({ path, changedAt, lastAt, lastPlace, places }: FileHistory, commits: readonly Commit[]): TouchedFile {
  const commit = changedAt === null ? undefined : commits.find(({ hash, place }) => place >= lastPlace && hash !== '');
  return { path, touchedAt: changedAt ?? lastAt, isChanged: changedAt !== null, commit: commit?.hash ?? null, places };
}
