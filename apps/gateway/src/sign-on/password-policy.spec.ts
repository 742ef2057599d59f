import { describe, expect, it } from 'vitest';
import { refuseWeak } from './password-policy.js';

const WORDS = ['ada', 'lovelace', 'ada@acme.example', 'acme'];

describe('a password', () => {
  it.each(['green ladder under rain', 'xk3mqpzv8wtd', 'пароль-длинный-вполне', 'a b c d e f g h', '🐎🔋📎🪜🌧🍋🧲🪁🛶🥁🎣🧵', 'Tr0ub4dor&3-and-more'])('may be %s', (password) => {
    expect(() => refuseWeak(password, WORDS)).not.toThrow();
  });

  it.each([
    ['', /at least 12/], ['short', /at least 12/], ['elevenchars', /at least 12/], ['x'.repeat(257), /at most 256/],
    ['aaaaaaaaaaaa', /guessed/], ['abababababab', /guessed/], ['password1234', /guessed/], ['Password!2026', /guessed/], ['123456789012', /guessed/], ['qwertyuiop12', /guessed/], ['abcdefghijkl', /guessed/], ['P@ssw0rdP@ssw0rd', /guessed/],
    ['Lovelace2026!', /guessed/], ['acmeacmeacme1', /guessed/], ['Summer2026!!!!', /guessed/], ['passwordpassword', /guessed/], ['administrator1', /guessed/],
  ])('may not be %j', (password, why) => {
    expect(() => refuseWeak(password, WORDS)).toThrow(why);
  });

  it('is measured in characters as people see them, not in bytes', () => {
    expect(() => refuseWeak('é'.repeat(11), [])).toThrow(/at least 12/);
  });
});
