import type { Migration } from '#libs/database';
import { DueDespiteClock1764700300000 } from './due-despite-clock.js';
import { WikiPageLife1764110300000 } from './page-life.js';
import { WikiPushedCommits1764000300000 } from './pushed-commits.js';
import { WikiPurges1764110000000 } from './purges.js';
import { PurgesOfPeople1764430200000 } from './purges-of-people.js';
import { WikiRetention1764110400000 } from './retention.js';
import { WikiReview1764200100000 } from './review.js';
import { TrustOfPages1764200000000 } from './trust-of-pages.js';
import { Webhooks1764430600000 } from './webhooks.js';
import { Wiki1763900300000 } from './wiki.js';

export const wikiMigrations: readonly Migration[] = [Wiki1763900300000, WikiPushedCommits1764000300000, TrustOfPages1764200000000, WikiReview1764200100000, WikiPurges1764110000000, WikiPageLife1764110300000, WikiRetention1764110400000, PurgesOfPeople1764430200000, Webhooks1764430600000, DueDespiteClock1764700300000];
