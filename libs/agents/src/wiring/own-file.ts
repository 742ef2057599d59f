import { type WiredFile, WiringRefused, type WiringSettings } from './wiring.js';

/** Stands in every file that is ours as a whole. */
export const OWN_FILE_MARK = 'Written by ai-memory; `ai-memory uninstall` removes it.';

interface OwnFile extends Pick<WiredFile, 'path' | 'purpose' | 'mode'> {
  /** Holds the mark. */
  readonly content: (settings: WiringSettings) => string;
}

/** A file that nobody else writes to. */
export function ownFile({ path, purpose, mode, content }: OwnFile): WiredFile {
  return {
    path,
    purpose,
    ...(mode !== undefined && { mode }),
    install: (text, settings) => {
      if (text !== null && !isOurs(text)) throw new WiringRefused('somebody else has written it');
      return content(settings);
    },
    remove: (text) => (text !== null && isOurs(text) ? null : text),
    stateOf: (text, settings) => {
      if (text === null || !isOurs(text)) return 'no';
      return text === content(settings) ? 'current' : 'outdated';
    },
  };
}

function isOurs(text: string): boolean {
  return text.includes(OWN_FILE_MARK);
}
