import type { AgentState, PurposeState } from '../wiring/agent-state.js';
import { isOlder } from '../wiring/agent-version.js';
import { failure, type Finding, ok, warning } from './finding.js';

/** What is known of one agent that is on this machine. */
export interface AgentFacts extends AgentState {
  version: string | undefined;
  minimumVersion: string | undefined;
  /** Other places from which this agent's events come to us too, each as a path. */
  alsoIn: readonly string[];
  /** How many of our hooks the agent has been told to trust, of those that it knows; undefined for agents that don't ask. */
  trust: { trusted: number; hooks: number } | 'unknown' | undefined;
}

/** An agent that is not wired is no defect: that is somebody's choice, which `setup` offers to change. */
export function checkAgent(facts: AgentFacts, isSignedIn: boolean): Finding[] {
  const { agent, label, capture } = facts;
  const mcp = trustedState(facts, isSignedIn);
  const isWired = [capture, mcp].some((state) => state === 'current' || state === 'outdated' || state === 'unreadable');
  const ofWiring = isWired ? [
    ...checkState(`${label} hooks`, capture, `ai-memory install-hooks --agent ${agent} --apply`),
    ...checkState(`${label} MCP`, mcp, `ai-memory install-mcp --client ${agent} --apply`),
    ...checkVersion(facts),
    ...checkTrust(facts),
  ] : [];
  const checks = [...ofWiring, ...checkDoubleCapture(facts)];
  return checks.length > 0 ? checks : [ok(label, 'is here and not wired; ai-memory setup would')];
}

/** An entry that differs from settings which the server refuses may well be the one that is right. */
function trustedState({ mcp }: AgentFacts, isSignedIn: boolean): PurposeState {
  return mcp === 'outdated' && !isSignedIn ? 'current' : mcp;
}

function checkDoubleCapture({ label, capture, alsoIn }: AgentFacts): Finding[] {
  const ways = alsoIn.length + (capture === 'current' || capture === 'outdated' ? 1 : 0);
  return ways < 2 ? [] : [warning(`${label} hooks`, `Its events come to us more than once: also by ${alsoIn.join(', ')}`, 'Take the other hooks out; one place is enough')];
}

function checkState(check: string, state: PurposeState, fix: string): Finding[] {
  if (state === 'none') return [];
  if (state === 'unreadable') return [failure(check, 'a file of it can not be read as text in UTF-8', `Who may read it, and what is in it? ${fix} names the file`)];
  if (state === 'no') return [warning(check, 'not installed', fix)];
  if (state === 'outdated') return [warning(check, 'not as we would write it: edited by hand, of another version, or with another server or token', fix)];
  return [ok(check, 'installed')];
}

function checkVersion({ label, version, minimumVersion }: AgentFacts): Finding[] {
  if (!version || !minimumVersion || !isOlder(version, minimumVersion)) return [];
  return [failure(label, `version ${version} is too old: what is wired needs ${minimumVersion}`, `Update ${label}`)];
}

/** Codex passes over hooks that nobody has trusted, and says nothing. */
function checkTrust({ agent, label, trust, capture }: AgentFacts): Finding[] {
  if (!trust || capture === 'no') return [];
  if (trust === 'unknown') return [warning(`${label} trust`, 'no program on the PATH tells whether its hooks are trusted; others do not run', `Start ${label}, enter /hooks and see that those of ai-memory are trusted`)];
  if (trust.trusted === trust.hooks) return [];
  const what = `${trust.hooks - trust.trusted} of ${trust.hooks} hooks are not trusted, and don't run`;
  return [failure(`${label} trust`, what, `Start ${label}, enter /hooks and trust those of ai-memory; or: ai-memory setup --yes --agent ${agent}`)];
}

/** The hook's own files in the client's home, which installing the hooks of any agent makes anew. */
export function checkHookFiles({ missing, different }: { missing: number; different: number }, agent: string): Finding {
  const fix = `ai-memory install-hooks --agent ${agent} --apply`;
  if (missing > 0) return failure('hook', 'files of the hook are missing: agents call what is not there', fix);
  return different > 0 ? warning('hook', 'the hook is of another version than this command, or was edited by hand', fix) : ok('hook', 'is that of this version');
}
