import type { AgentProfile } from './agent-profile.js';
import { antigravityCli } from './antigravity-cli.js';
import { claudeCode } from './claude-code.js';
import { claudeDesktop } from './claude-desktop.js';
import { cline } from './cline.js';
import { codex } from './codex.js';
import { commandCode } from './command-code.js';
import { copilotCli } from './copilot-cli.js';
import { cursor } from './cursor.js';
import { devin } from './devin.js';
import { geminiCli } from './gemini-cli.js';
import { grok } from './grok.js';
import { kimiCode } from './kimi-code.js';
import { kiroCli } from './kiro-cli.js';
import { omp } from './omp.js';
import { openclaw } from './openclaw.js';
import { opencode } from './opencode.js';
import { pi } from './pi.js';
import { qwenCode } from './qwen-code.js';
import { asObject } from './reading/fields.js';
import { vscodeCopilot } from './vscode-copilot.js';
import { windsurf } from './windsurf.js';
import { zed } from './zed.js';
import { zero } from './zero.js';

/** Every agent we know. To support another, write its profile beside the others and name it here. */
export const PROFILES: readonly AgentProfile[] = [
  claudeCode, codex, opencode, cursor, geminiCli, antigravityCli, openclaw, omp, pi, copilotCli, grok, kimiCode, qwenCode,
  commandCode, vscodeCopilot, windsurf, cline, zed, claudeDesktop, devin, kiroCli, zero,
];

/** The agents we know, for people to choose from. Others are taken in as well, by their own label. */
export const knownAgents: readonly { readonly name: string; readonly label: string }[] = PROFILES.map(({ name, label }) => ({ name, label }));

const BY_LABEL: ReadonlyMap<string, AgentProfile> = new Map(
  PROFILES.flatMap((profile) => [profile.name, ...(profile.aliases ?? [])].map((label) => [label, profile] as const)),
);
const AGENT_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** What is particular to the agent of this normalised name. */
export function profileOf(agent: string): AgentProfile | undefined {
  return BY_LABEL.get(agent);
}

/**
 * The agent's label as stored. A body that only one agent sends overrides what was declared, since agents run each
 * other's hooks; unknown labels are kept if they could be a name, else the label is `unknown`.
 */
export function agentName(declared: string | undefined, payload: unknown): string {
  const body = asObject(payload);
  const sender = body && PROFILES.find((profile) => profile.isSender?.(body));
  if (sender) return sender.name;
  const label = (declared ?? '').trim().toLowerCase();
  const known = BY_LABEL.get(label.replace(/[\s_]+/g, '-'));
  return known?.name ?? (AGENT_NAME.test(label) ? label : 'unknown');
}
