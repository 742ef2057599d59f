import { describe, expect, it } from 'vitest';
import { type Language, languageOf, languageOfLexeme, marked } from './languages.js';

describe('the language of a text', () => {
  it.each<[Language, string]>([
    ['de', 'Warum schlägt der Test auf CI fehl?'],
    ['de', 'Bitte die Tests laufen lassen'],
    ['de', 'fix: Speicherleck im Worker behoben, Timeout erhöht'],
    ['fr', 'Pourquoi le test échoue sur la CI ?'],
    ['fr', 'Utilise toujours pnpm dans ce dépôt'],
    ['es', '¿Cómo arranco el servidor en local?'],
    ['es', 'Sin token la API devuelve 401'],
    ['pt', 'Execute os testes por favor'],
    ['pt', 'O pool fica cheio quando as novas tentativas se acumulam.'],
    ['en', 'Why does the test fail on CI?'],
    ['en', 'fix lint'],
    ['en', 'const x = await fetch(url)'],
    ['en', 'fancy guidance cuisine'],
    ['en', 'The walrus said `warum schlägt der Test auf CI fehl` in src/über/die/brücke.ts'],
    ['en', '内存不足'],
    ['en', ''],
  ])('is %s of %j', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });
});

it('is told by a stem, but for English', () => {
  expect(languageOfLexeme(marked('de', 'lauf'))).toBe('de');
  expect(marked('en', 'run')).toBe('run');
  expect(languageOfLexeme('=p*')).toBeNull();
});
