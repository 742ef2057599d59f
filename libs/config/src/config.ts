import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One settings section: a zod object per app or lib, whose keys are environment variables. Every field has a description. */
export type ConfigSection = z.ZodObject;

export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const OUR_PREFIX = 'AI_MEMORY_';

/** Names with our prefix that tools around the product use; the product itself does not read them. */
const FOREIGN_NAMES = new Set<string>(['AI_MEMORY_SERVER_URL', 'AI_MEMORY_HOOK_URL', 'AI_MEMORY_SESSION_ID', 'AI_MEMORY_RUN_ID', 'AI_MEMORY_HOME']);

/** Reads `<NAME>_FILE` into `<NAME>`, so that secrets can be mounted; a trailing newline is not part of the secret. */
function withSecretFiles(env: NodeJS.ProcessEnv, names: readonly string[], problems: string[]): NodeJS.ProcessEnv {
  const merged = { ...env };
  for (const name of names) {
    const file = env[`${name}_FILE`];
    if (!file) continue;
    try {
      merged[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      problems.push(`${name}_FILE: cannot read ${file} (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  return merged;
}

/** Throws a ConfigError for each variable with our prefix that no section has, so that a typo never goes unnoticed. */
export function refuseUnknownSettings(sections: readonly ConfigSection[], env: NodeJS.ProcessEnv = process.env): void {
  const known = sections.flatMap((section) => Object.keys(section.shape));
  const allowed = new Set([...known, ...known.map((name) => `${name}_FILE`), ...FOREIGN_NAMES]);
  const unknown = Object.keys(env).filter((name) => name.startsWith(OUR_PREFIX) && !allowed.has(name));
  if (unknown.length > 0) throw new ConfigError(unknown.map((name) => `${name}: no such setting`));
}

/** Reads a section whole, or throws one ConfigError that lists every problem. An empty variable counts as unset. */
export function readConfig<S extends ConfigSection>(section: S, env: NodeJS.ProcessEnv = process.env): z.output<S> {
  const problems: string[] = [];
  const merged = withSecretFiles(env, Object.keys(section.shape), problems);
  const input = Object.fromEntries(Object.keys(section.shape).map((name) => [name, merged[name] === '' ? undefined : merged[name]]));
  const parsed = section.safeParse(input);
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems);
  return parsed.data;
}

/** `1`, `true`, `yes`, `on` and their opposites. */
export const Flag = z.string().transform((text, context) => {
  const word = text.toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(word)) return true;
  if (['0', 'false', 'no', 'off'].includes(word)) return false;
  context.addIssue({ code: 'custom', message: 'must be 1 or 0' });
  return z.NEVER;
});

/** Settings that a launcher has found out (an embedded server's address, a token it made). What the environment says wins. */
export function presetSettings(values: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = process.env): void {
  for (const [name, value] of Object.entries(values)) env[name] ||= value;
}

/** The environment for a process of ours: this one's, and `values` where it says nothing. */
export function withDefaults(values: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const merged = { ...env };
  presetSettings(values, merged);
  return merged;
}
