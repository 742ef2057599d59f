import { describe, expect, it } from 'vitest';
import { ALL_RULES } from './rules/all-rules.js';
import { redactText } from './redact-text.js';
import { SECRETS_IN_CONTEXT, SYNTHETIC_SECRETS } from './synthetic-secrets.js';

const escapedOnce = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Where a secret turns up in what agents send. */
const POSITIONS: readonly (readonly [position: string, place: (secret: string) => string])[] = [
  ['alone', (s) => s],
  ['in prose', (s) => `Use ${s} for staging, please.`],
  ['in quotes', (s) => `it's "${s}".`],
  ['in a list, in backticks', (s) => `- \`${s}\`\n- and another`],
  ['in an .env line', (s) => `PORT=80\nVALUE=${s}\nDEBUG=1`],
  ['in YAML', (s) => `spec:\n  value: ${s}\n  other: 1`],
  ['in JSON', (s) => JSON.stringify({ note: s, next: 1 })],
  ['in JSON in JSON', (s) => JSON.stringify({ body: JSON.stringify({ note: s }) })],
  ['in JSON in JSON in JSON', (s) => JSON.stringify({ body: JSON.stringify({ body: JSON.stringify({ note: s }) }) })],
  ['after an escaped line break', (s) => JSON.stringify({ stdout: `first\n${s}\nlast` })],
  ['in a header', (s) => `GET / HTTP/1.1\r\nX-Value: ${s}\r\n\r\n`],
  ['in a query', (s) => `https://example.com/?v=${s}&w=1`],
  ['in a shell command', (s) => `curl -H "X-Value: ${s}" https://example.com`],
  ['in a diff', (s) => `+${s}\n-old`],
];

describe('a secret that is known by itself', () => {
  it.each(SYNTHETIC_SECRETS)('%s leaves no trace in any position, and all of the rest: %#', (name, secret) => {
    const redacted = POSITIONS.map(([position, place]) => [position, redactText(place(secret))]);
    const label = `[REDACTED:${name}]`;
    expect(redacted).toEqual(POSITIONS.map(([position, place]) => [position, { text: place(label), findings: { [name]: 1 } }]));
  });
});

describe('a secret that its surroundings give away', () => {
  it.each(SECRETS_IN_CONTEXT.map(([name, secret, place]) => [name, place(secret), secret] as const))('%s: %s', (name, text, secret) => {
    const redacted = redactText(text);
    expect(redacted.findings).toHaveProperty(name);
    expect(redacted.text).not.toContain(secret);
    expect(redacted.text).not.toContain(escapedOnce(secret));
  });

  it.each([
    ['postgres://app:Zq81xkw@db:5432/app?ssl=1', 'postgres://app:[REDACTED:url-password]@db:5432/app?ssl=1'],
    ['Authorization: Bearer abc.def-123\nHost: x', 'Authorization: Bearer [REDACTED:authorization-header]\nHost: x'],
    ['export A_TOKEN="Zq81xkw"; echo $A_TOKEN', 'export A_TOKEN="[REDACTED:named-secret]"; echo $A_TOKEN'],
    ['A_TOKEN=Zq81xkw; echo done', 'A_TOKEN=[REDACTED:named-secret]; echo done'],
    ['connect(user=u, password="Zq81xkw", port=1)', 'connect(user=u, password="[REDACTED:named-secret]", port=1)'],
    ['/cb?token=Zq81xkw&state=9#end', '/cb?token=[REDACTED:named-secret]&state=9#end'],
    ['{\\"password\\":\\"Zq81xkw\\",\\"port\\":1}', '{\\"password\\":\\"[REDACTED:named-secret]\\",\\"port\\":1}'],
    ['curl -u ada:Zq81xkw https://x', 'curl -u ada:[REDACTED:user-and-password] https://x'],
    ['Server=x;Password=Zq81xkw;Port=1', 'Server=x;Password=[REDACTED:connection-string];Port=1'],
  ])('keeps what is around it: %s', (text, expected) => {
    expect(redactText(text).text).toBe(expected);
  });
});

describe('the table of rules', () => {
  const tested = new Set([...SYNTHETIC_SECRETS, ...SECRETS_IN_CONTEXT].map(([name]) => name));

  it.each([...new Set(ALL_RULES.map(({ name }) => name))])('has a sample of %s', (name) => {
    expect(tested).toContain(name);
  });

  it.each(ALL_RULES)('does not search by itself: $name', ({ pattern, anchors }) => {
    expect(pattern.sticky).toBe(true);
    expect(anchors.every((anchor) => anchor.length >= 3)).toBe(true);
  });
});
