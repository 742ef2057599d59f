import { exporting } from '../exporting.js';

/** Pages as they are now, proposals, and who pushed and read what. */
export const ExportWiki = exporting('wiki-git.export-wiki.v1');
