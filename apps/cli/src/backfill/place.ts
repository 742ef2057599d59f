import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { normaliseRemote, type PastSession } from '#libs/agents';
import { readGitFacts } from '../scope/git-facts.js';
import { findMarker } from '../scope/marker.js';
import { type CaptureRules, captureRulesOf } from './capture-rules.js';

/** Where a past session's memories go, and what of it may. */
export interface Place {
  cwd: string | undefined;
  /** What the hook sends along with an event. */
  query: Readonly<Record<string, string>>;
  /** The server that the folder's marker names. */
  profile: string | undefined;
  rules: CaptureRules;
}

const NO_RULES: CaptureRules = { isOff: false, mayDropSubagents: false, ignored: [] };

/** By the same facts as the hook. Of a folder that is gone, the remote that the agent took down stands in for what git would say. */
export async function placeOf({ cwd, remote }: Pick<PastSession, 'cwd' | 'remote'>, homeDir: string): Promise<Place> {
  if (cwd === undefined) return { cwd, query: {}, profile: undefined, rules: NO_RULES };
  const [marker, rules] = [findMarker(cwd, homeDir), captureRulesOf(cwd, homeDir)];
  const git = existsSync(cwd) ? await readGitFacts(cwd) : { root: null, remote: (remote && normaliseRemote(remote)) || null };
  const query = {
    cwd,
    ...(marker?.workspace && { workspace: marker.workspace }),
    ...(marker?.project ? { project: marker.project, project_src: 'marker' } : git.root && { project: basename(git.root), project_src: 'repo-root' }),
    ...(marker?.identity ? { identity: marker.identity, identity_src: 'explicit' } : git.remote && { identity: git.remote, identity_src: 'git_remote' }),
    ...(marker?.identity_style && { identity_style: marker.identity_style }),
    ...(rules.mayDropSubagents && { drop_subagent: '1' }),
  };
  return { cwd, query, profile: marker?.server, rules };
}
