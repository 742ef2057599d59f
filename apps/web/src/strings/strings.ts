import { createContext, useContext } from 'react';
import { en, type Strings } from './en.js';

export type { Strings } from './en.js';

const LANGUAGES: Readonly<Record<string, () => Promise<Strings>>> = {
  en: async () => en,
  de: async () => (await import('./de.js')).de,
};
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' };
const KEY = 'ai-memory.language';

export const StringsContext = createContext<Strings>(en);

export function useStrings(): Strings {
  return useContext(StringsContext);
}

/** The one that was chosen here, else the first of the browser's that there is. */
export function chosenLanguage(): string {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.split('-')[0]!)];
  return wanted.find((code) => code !== null && code in LANGUAGES) ?? 'en';
}

export async function loadStrings(language = chosenLanguage()): Promise<Strings> {
  return LANGUAGES[language]!();
}

/** Takes effect at once: every text is made anew. */
export function chooseLanguage(language: string): void {
  localStorage.setItem(KEY, language);
  window.location.reload();
}
