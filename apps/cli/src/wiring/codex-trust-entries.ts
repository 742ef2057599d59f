import { parse } from 'jsonc-parser';
import { z } from 'zod';
import { isHookCommand, type WiredFile } from '#libs/agents';

const Hooks = z.object({ hooks: z.record(z.string(), z.array(z.object({ hooks: z.array(z.object({ command: z.string().optional() })) }))) });

/**
 * Codex keeps in its `config.toml` which hooks are trusted, by their place in `hooks.json`. What it wrote there for ours goes
 * with them, as if it were a file of ours.
 */
export function trustEntries(configPath: string, hooksPath: string, hooksText: string | null): Pick<WiredFile, 'path' | 'remove'> {
  const keys = trustKeys(hooksPath, hooksText);
  return { path: configPath, remove: (text) => withoutTrust(text, keys) };
}

function trustKeys(hooksPath: string, hooksText: string | null): string[] {
  const events = Hooks.safeParse(parse(hooksText ?? '')).data?.hooks ?? {};
  return Object.entries(events).flatMap(([event, groups]) => groups.flatMap(({ hooks }, group) => hooks.flatMap(({ command }, index) =>
    (isHookCommand(command, 'codex') ? [`${hooksPath}:${snakeCase(event)}:${group}:${index}`] : []))));
}

/** Tables as Codex writes them, each with the empty line before it. A text that was Codex's alone is no file any more. */
function withoutTrust(text: string | null, keys: readonly string[]): string | null {
  if (text === null || keys.length === 0) return text;
  const left = keys.reduce((rest, key) => rest.replace(tableOf(key), ''), text);
  if (left === text) return text;
  const tidy = /^[ \t]*\[hooks\.state\./m.test(left) ? left : left.replace(/(?:^|\r?\n)\[hooks\.state\]\r?\n/, '');
  return tidy.trim() === '' ? null : tidy;
}

function tableOf(key: string): RegExp {
  const spellings = [JSON.stringify(key), `'${key}'`].map((spelling) => spelling.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  return new RegExp(`(?:^|\\r?\\n)\\[hooks\\.state\\.(?:${spellings})\\]\\r?\\n(?:[a-z_]+ = .*(?:\\r?\\n|$))*`);
}

function snakeCase(event: string): string {
  return event.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase();
}
