import fc from 'fast-check';
import { parse as parseJson, type ParseError } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { agentWirings, type Machine, type WiredFile, WiringRefused, type WiringSettings } from '../index.js';

const MACHINE: Machine = { platform: 'linux', home: '/home/dev', variables: {} };
const SETTINGS: WiringSettings = {
  serverUrl: 'https://memory.example', token: { literal: 'aim_token' }, clientHome: '/home/dev/.ai-memory', bridgeCommand: ['ai-memory', 'mcp-bridge'],
};
const OTHERS: WiringSettings = { ...SETTINGS, serverUrl: 'http://127.0.0.1:49374', token: null, clientHome: '/opt/with space/$odd' };

const WINDOWS: Machine = { platform: 'win32', home: 'C:\\Users\\dev', variables: { APPDATA: 'C:\\Users\\dev\\AppData\\Roaming' } };
const WINDOWS_SETTINGS: WiringSettings = { ...SETTINGS, clientHome: 'C:\\Users\\dev\\.ai-memory' };

interface Shared {
  agent: string;
  path: string;
  wired: readonly WiredFile[];
}

/** Each file, and all that is wired into it. */
function sharedFiles(machine: Machine): Shared[] {
  return agentWirings.flatMap(({ agent, files }) => [...Map.groupBy(files(machine), ({ path }) => path)].map(([path, wired]) => ({ agent, path, wired })));
}

const SHARED = sharedFiles(MACHINE);
const SETTINGS_FILES = SHARED.filter(({ path }) => /\.(json|toml|md)$/.test(path) && !path.includes('extensions/ai-memory/'));
const JSON_FILES = SETTINGS_FILES.filter(({ path }) => path.endsWith('.json'));
const TOML_FILES = SETTINGS_FILES.filter(({ path }) => path.endsWith('.toml'));

/** Names that wirings look for are frequent, so that every branch meets containers that are there, empty, and of other types. */
const NAMES = [
  'mcpServers', 'mcp', 'servers', 'context_servers', 'plugins', 'entries', 'allow', 'hooks', 'version', '$schema', 'SessionStart', 'sessionStart', 'PostToolUse',
  'pre_user_prompt', 'Stop', 'other', 'a b', 'é"\\',
];

function blank(lineEnd: string): fc.Arbitrary<string> {
  const comment = fc.constantFrom('/* said */', `// note: {"x": [1,]}  ${lineEnd}`, `/* two${lineEnd}   lines, */`);
  const space = fc.constantFrom('', ' ', '\t', '  ', lineEnd, `${lineEnd}  `, `${lineEnd}\t`, `${lineEnd}    `);
  return fc.tuple(space, fc.option(fc.tuple(comment, space), { nil: undefined, freq: 4 })).map(([first, rest]) => first + (rest ?? []).join(''));
}

function container(lineEnd: string, item: fc.Arbitrary<string>, [open, close]: readonly [string, string], max: number): fc.Arbitrary<string> {
  const gap = blank(lineEnd);
  return fc.tuple(fc.array(fc.tuple(gap, item, gap), { maxLength: max }), gap, fc.option(gap, { nil: undefined, freq: 3 })).map(([items, inner, trailing]) => {
    const body = items.map(([before, text, after]) => before + text + after).join(',');
    return open + body + (items.length > 0 && trailing !== undefined ? `,${trailing}` : inner) + close;
  });
}

function value(lineEnd: string, depth: number): fc.Arbitrary<string> {
  const scalar = fc.constantFrom('1', '-2.5e3', 'true', 'null', '"text"', '"// no comment"', '"a \\" quote, {"');
  if (depth === 0) return scalar;
  return fc.oneof({ weight: 1, arbitrary: scalar }, { weight: 3, arbitrary: object(lineEnd, depth - 1) }, { weight: 2, arbitrary: container(lineEnd, value(lineEnd, depth - 1), ['[', ']'], 3) });
}

function object(lineEnd: string, depth: number): fc.Arbitrary<string> {
  const member = fc.tuple(fc.constantFrom(...NAMES), blank(lineEnd), blank(lineEnd), value(lineEnd, depth)).map(([name, before, after, text]) => `${JSON.stringify(name)}${before}:${after}${text}`);
  return container(lineEnd, member, ['{', '}'], 4);
}

const jsonDocument = fc.constantFrom('\n', '\r\n').chain((lineEnd) =>
  fc.tuple(fc.constantFrom('', '\uFEFF'), blank(lineEnd), object(lineEnd, 3), blank(lineEnd)).map((parts) => parts.join('')));
const tomlDocument = fc.constantFrom('\n', '\r\n').chain((lineEnd) =>
  fc.tuple(
    fc.array(fc.constantFrom('# >>> note', 'model = "x" # why', '[features]', '[mcp_servers.other]', '[[hooks]]', 'event = "Stop"', '[projects."/home/dev/a b"]', '', '[hooks.state]', '[a.b]'), { maxLength: 8 }),
    fc.constantFrom('', lineEnd, `${lineEnd}${lineEnd}`),
  ).map(([lines, end]) => lines.join(lineEnd) + end));
const blanks = fc.constantFrom(null, '', '\n', '  \r\n', '// nothing yet\n', '\uFEFF');

/** Undefined where the file refuses to be wired. */
function installed(wired: readonly WiredFile[], text: string | null, settings = SETTINGS): string | undefined {
  try {
    return wired.reduce<string | null>((done, file) => file.install(done, settings), text)!;
  } catch (error) {
    if (error instanceof WiringRefused) return undefined;
    throw error;
  }
}

function removed(wired: readonly WiredFile[], text: string): string | null {
  return wired.reduce<string | null>((done, file) => file.remove(done), text);
}

function expectRoundTrip(wired: readonly WiredFile[], text: string | null): void {
  const done = installed(wired, text);
  if (done === undefined) return;
  expect(removed(wired, done)).toBe(text);
  expect(removed(wired.toReversed(), done)).toBe(text);
  expect(installed(wired, done)).toBe(done);
  expect(installed(wired.toReversed(), done)).toBe(done);
  expect(wired.map((file) => file.stateOf(done, SETTINGS))).toEqual(wired.map(() => 'current'));
  expect(removed(wired, installed(wired, done, OTHERS)!)).toBe(text);
}

const RUNS = { numRuns: 60 };

describe('what is installed and removed again', () => {
  it.each(JSON_FILES)('leaves $path of $agent as it was', ({ wired }) => {
    fc.assert(fc.property(fc.oneof({ weight: 8, arbitrary: jsonDocument }, { weight: 1, arbitrary: blanks }), (text) => expectRoundTrip(wired, text)), RUNS);
  });

  it.each(TOML_FILES)('leaves $path of $agent as it was', ({ wired }) => {
    fc.assert(fc.property(fc.oneof(tomlDocument, fc.constantFrom(null, '', '\n', '# note')), (text) => expectRoundTrip(wired, text)), RUNS);
  });

  it.each(SETTINGS_FILES.filter(({ path }) => path.endsWith('.md')))('leaves $path of $agent as it was', ({ wired }) => {
    fc.assert(fc.property(fc.option(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', '\r', '#', '<!--') })), (text) => expectRoundTrip(wired, text)), RUNS);
  });

  it.each(sharedFiles(WINDOWS))('leaves $path of $agent as it was on Windows', ({ wired, path }) => {
    const before = path.endsWith('.json') ? '\uFEFF{\r\n\t// mine\r\n\t"other": [1],\r\n}' : path.endsWith('.toml') ? 'model = "x"\r\n' : '# Mine\r\n';
    expectRoundTrip(wired, null);
    if (!/\.(json|toml|md)$/.test(path) || path.includes('extensions\\ai-memory')) return;
    expectRoundTrip(wired, before);
    expect(installed(wired, before, WINDOWS_SETTINGS)!.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it.each(SHARED)('leaves no $path of $agent where there was none', ({ wired }) => {
    expect(removed(wired, installed(wired, null)!)).toBeNull();
    expect(wired.map((file) => file.stateOf(null, SETTINGS))).toEqual(wired.map(() => 'no'));
  });
});

describe('what is installed', () => {
  it.each(JSON_FILES)('is valid in $path of $agent, and beside all that was there', ({ wired }) => {
    fc.assert(fc.property(jsonDocument, (text) => {
      const done = installed(wired, text);
      if (done === undefined) return;
      const errors: ParseError[] = [];
      const after = parseJson(done.replace('\uFEFF', ''), errors, { allowTrailingComma: true });
      expect(errors).toEqual([]);
      expect(after).toEqual(expect.objectContaining(asMatcher(parseJson(text.replace('\uFEFF', '')))));
    }), RUNS);
  });

  it.each(TOML_FILES)('is valid in $path of $agent, and beside all that was there', ({ wired }) => {
    fc.assert(fc.property(tomlDocument, (text) => {
      const done = installed(wired, text);
      if (done !== undefined) expect(parseToml(done)).toEqual(expect.objectContaining(asMatcher(parseToml(text))));
    }), RUNS);
  });

  it('is not refused in most documents', () => {
    const mcp = JSON_FILES.find(({ agent }) => agent === 'claude-code')!;
    const samples = fc.sample(jsonDocument, { numRuns: 200, seed: 1 });
    expect(samples.filter((text) => installed(mcp.wired, text) === undefined).length).toBeLessThan(100);
  });
});

/** Objects may have got more members and arrays more elements behind their own. */
function asMatcher(given: unknown): Record<string, unknown> {
  const matcher = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.length > 0 ? expect.arrayContaining(each.map(matcher)) : expect.any(Array);
    return typeof each === 'object' && each !== null ? expect.objectContaining(asMatcher(each)) : each;
  };
  return Object.fromEntries(Object.entries(given as object).map(([name, each]) => [name, matcher(each)]));
}
