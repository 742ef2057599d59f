import type { Migration } from '#libs/database';
import { WikiPushedCommits1764000300000 } from './pushed-commits.js';
import { WikiReview1764200100000 } from './review.js';
import { TrustOfPages1764200000000 } from './trust-of-pages.js';
import { Wiki1763900300000 } from './wiki.js';

export const wikiMigrations: readonly Migration[] = [Wiki1763900300000, WikiPushedCommits1764000300000, TrustOfPages1764200000000, WikiReview1764200100000];
