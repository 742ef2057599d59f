import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Fault } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { STREAMS_FULL } from './activity.faults.js';
import { ActivityService, type Happening } from './activity.service.js';
import { freshHappenings } from './fresh-happenings.js';

/** Between two looks. */
const EVERY_MS = 2_000;
/** Open at once: of one user, and at this gateway. Each asks the database once in `EVERY_MS`. */
const OF_USER_MAX = 6;
const OF_GATEWAY_MAX = 200;
const RETRY_SECONDS = 10;

/** Follows what happens, for as long as somebody listens. */
@Injectable()
export class ActivityStreams implements BeforeApplicationShutdown {
  private readonly open = new Map<AbortSignal, string>();
  private readonly stopping = new AbortController();

  constructor(private readonly activity: ActivityService) {}

  /**
   * What happened lately, then what is new, oldest first; an empty list says that nothing was for a while. Ends after `seconds`,
   * when `closed` is aborted, or when the gateway stops. Throws `limited` where too many are open.
   */
  follow(scope: TenantScope, place: { workspace: string; project: string } | undefined, seconds: number, closed: AbortSignal): AsyncGenerator<Happening[]> {
    const user = `${scope.organisationId} ${userOf(scope)!.userId}`;
    const own = [...this.open.values()].filter((each) => each === user).length;
    if (own >= OF_USER_MAX || this.open.size >= OF_GATEWAY_MAX) throw new Fault(STREAMS_FULL, { retryAfterSeconds: RETRY_SECONDS });
    const until = AbortSignal.any([closed, this.stopping.signal, AbortSignal.timeout(seconds * 1_000)]);
    this.open.set(until, user);
    // Also where nobody ever begins to read.
    until.addEventListener('abort', () => this.open.delete(until), { once: true });
    return freshHappenings(() => this.activity.latest(scope, place), until, EVERY_MS);
  }

  /** So that the HTTP server can close. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }
}
