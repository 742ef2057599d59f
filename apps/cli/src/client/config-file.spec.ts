import { describe, expect, it } from 'vitest';
import { configKey, readConfigText, withSetting } from './config-file.js';
import { EXIT } from './failure.js';

const URL = 'https://memory.example.com';

describe('config.toml', () => {
  it.each([
    ['', `server_url = "${URL}"\n`],
    ['# mine\nserver_url = "http://old" # since May\nother = 1\n', `# mine\nserver_url = "${URL}"\nother = 1\n`],
    ['# mine\n[hooks]\nserver_url = "not this"\n', `server_url = "${URL}"\n# mine\n[hooks]\nserver_url = "not this"\n`],
  ])('with a setting changed keeps the rest of %j', (before, after) => {
    expect(withSetting(before, 'server_url', URL)).toBe(after);
    expect(readConfigText(after)).toEqual({ server_url: URL });
  });

  it('keeps a number as one', () => {
    expect(withSetting('', 'handoff_timeout_ms', '500')).toBe('handoff_timeout_ms = 500\n');
    expect(readConfigText('handoff_timeout_ms = 500')).toEqual({ handoff_timeout_ms: '500' });
  });

  it.each([['server_url', 'example.com'], ['handoff_timeout_ms', '99'], ['handoff_timeout_ms', '10000'], ['handoff_timeout_ms', 'soon']])('takes no %s of %j', (name, value) => {
    expect(configKey(name).normalise(value)).toBeUndefined();
  });

  it('is read without what is not ours', () => {
    expect(readConfigText('server_url = "a"\nmystery = "b"\n[x]\ny = 1\n')).toEqual({ server_url: 'a' });
  });

  it.each(['mystery', '__proto__', 'constructor', ''])('has no setting %j', (name) => {
    expect(() => configKey(name)).toThrow(expect.objectContaining({ exitCode: EXIT.usage }));
  });
});
