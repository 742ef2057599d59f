import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Begun in this order, before all others, so that at the end no worker waits for one of them. A name that is gone or missing costs nothing but time. */
const LONGEST = [
  'system/web', 'system/consolidation', 'system/secrets', 'system/backfill', 'system/consolidation-crash', 'system/wiki-crash', 'system/crash', 'system/cli', 'system/tenancy', 'system/start', 'system/oauth', 'system/git',
  'system/audit', 'system/writers', 'system/erasure', 'system/tokens', 'system/backup', 'system/rolling-restart', 'clients/ring', 'features/crash-points', 'reindexing/reindexing', 'src/postgres', 'cli/given-back', 'cli/doctor', 'hook/drain',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((name) => moduleId.replace(/\.(medium|system)\.spec\.ts$|\.spec\.ts$/, '').endsWith(`/${name}`));
  return place === -1 ? LONGEST.length : place;
}
