import { erasing } from '../erasing.js';

/** Repositories, and the tables that follow from them. */
export const EraseWiki = erasing('wiki-git.erase-wiki.v1');
