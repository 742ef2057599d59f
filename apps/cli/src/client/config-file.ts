import { parse } from 'smol-toml';
import { usageFailure } from './failure.js';
import { DEFAULT_SERVER_URL, normaliseServerUrl } from './server-url.js';

export interface ConfigKey {
  readonly description: string;
  readonly preset: string;
  /** The value as it is stored; undefined for one that makes no sense. */
  readonly normalise: (text: string) => string | undefined;
}

/** Everything that may stand in `config.toml`. */
export const CONFIG_KEYS: Readonly<Record<string, ConfigKey>> = {
  server_url: { description: 'address of the server', preset: DEFAULT_SERVER_URL, normalise: normaliseServerUrl },
  handoff_timeout_ms: {
    description: "how long a session's start waits for the handoff, 100 to 9999 ms",
    preset: '1000',
    normalise: (text) => (/^[1-9]\d{2,3}$/.test(text) ? text : undefined),
  },
};

/** The settings that a `config.toml` says, by key; keys that are none of ours are left out. Throws for what is no TOML. */
export function readConfigText(text: string): Record<string, string> {
  const table = parse(text);
  return Object.fromEntries(Object.keys(CONFIG_KEYS).flatMap((key) => (['string', 'number'].includes(typeof table[key]) ? [[key, String(table[key])]] : [])));
}

/** The text with one key set: the rest of it, comments included, stays as it is. */
export function withSetting(text: string, key: string, value: string): string {
  const line = `${key} = ${/^\d+$/.test(value) ? value : JSON.stringify(value)}`;
  const lines = text.split('\n');
  const firstTable = lines.findIndex((each) => /^\s*\[/.test(each));
  const end = firstTable < 0 ? lines.length : firstTable;
  const known = lines.findIndex((each, index) => index < end && new RegExp(`^\\s*"?${key}"?\\s*=`).test(each));
  if (known >= 0) return lines.with(known, line).join('\n');
  return [line, ...(text === '' ? [''] : lines)].join('\n');
}

export function configKey(name: string): ConfigKey {
  const key = Object.hasOwn(CONFIG_KEYS, name) ? CONFIG_KEYS[name] : undefined;
  if (!key) throw usageFailure(`There is no setting ${name}. There is: ${Object.keys(CONFIG_KEYS).join(', ')}`);
  return key;
}
