// The image's command: the program that TARGET names. Node is process 1, gets the signals itself, and stops within the grace period.
const PROGRAMS = {
  gateway: 'gateway/src/main.js',
  ingest: 'ingest/src/main.js',
  compiler: 'compiler/src/main.js',
  search: 'search/src/main.js',
  'wiki-git': 'wiki-git/src/main.js',
  standalone: 'standalone/src/main.js',
  migrate: 'standalone/src/migrate.js',
};

const { TARGET = '' } = process.env;
if (Object.hasOwn(PROGRAMS, TARGET)) {
  await import(`./dist/apps/${PROGRAMS[TARGET]}`);
} else {
  console.error(`ai-memory: TARGET is "${TARGET}"; it must be one of ${Object.keys(PROGRAMS).join(', ')}`);
  process.exitCode = 2;
}
