import { expect, it } from 'vitest';
import { readCommand } from './command-line.js';

it.each([
  ['npm test', 'test'], ['npm run test:unit -- src', 'test'], ['bun test src/a.test.ts', 'test'], ['npx vitest run', 'test'], ['python -m pytest -q', 'test'],
  ['cargo test', 'test'], ['go test ./...', 'test'], ['make test', 'test'], ['node --test', 'test'], ['./gradlew test', 'test'], ['npx playwright test', 'test'],
  ['npx tsc --noEmit', 'check'], ['npm run lint', 'check'], ['cargo clippy', 'check'], ['mypy src', 'check'],
  ['npm run build', 'build'], ['docker build .', 'build'], ['make', 'build'],
  ['npm ci', 'install'], ['pip install -r requirements.txt', 'install'], ['bun add zod', 'install'],
  ['git commit -m "x"', 'git'], ['git push', 'git'], ['git checkout -- a.ts', 'git'], ['git branch -D old', 'git'],
  ['git status', 'look'], ['git -C /srv log -n 1', 'look'], ['ls -la && pwd', 'look'], ['cat a | grep b | wc -l', 'look'], ['cd /srv && rg foo', 'look'], ['node --version', 'look'],
  ['cd /srv', 'minor'], ['mkdir -p a && cd a', 'minor'], ['git add .', 'minor'],
  ['./deploy.sh', 'run'], ['node server.js', 'run'], ['grep x y; ./deploy.sh', 'run'], ['echo "npm test"', 'look'], ['', 'look'],
])('%j is %s', (command, kind) => {
  expect(readCommand(command).kind).toBe(kind);
});

it.each([
  ['cd /home/dev/project && npm test 2>&1 | tail -50', 'npm test'],
  ["bash -lc 'npm test'", 'npm test'],
  ['CI=1 FORCE_COLOR=0 npm test', 'npm test'],
  ['npm test \\\n  --coverage', 'npm test --coverage'],
  ['git commit -m "$(cat <<\'EOF\'\nfix: keep apart\n\nLong body.\nEOF\n)"', 'git commit -m "fix: keep apart"'],
  ['git commit -m "fix: a" -m "body of it"', 'git commit -m "fix: a"'],
  ['git add a.ts b.ts && git commit -m "fix: a"', 'git commit -m "fix: a"'],
  ["python - <<'EOF'\nprint(1)\nEOF", 'python - <<…'],
  ['a\nb\nc\nd', 'a; b; c; …'],
  ['cd /srv', 'cd /srv'],
])('%j is written down as %j', (command, text) => {
  expect(readCommand(command).text).toBe(text);
});

it('tells scripts apart that are written down alike', () => {
  expect(readCommand("python - <<'EOF'\nprint(1)\nEOF").key).not.toBe(readCommand("python - <<'EOF'\nprint(2)\nEOF").key);
});

it.each([
  ['depot session start --task #001', 'depot session start'],
  ['bun run src/cli.ts tasks list', 'bun run src/cli.ts tasks list'],
  ['git push -u origin main', 'git push'],
  ['python manage.py migrate', 'python manage.py migrate'],
  ['./deploy.sh production', './deploy.sh production'],
  ['curl -X POST http://localhost', 'curl'],
])('%j is an attempt at %j', (command, stem) => {
  expect(readCommand(command).stem).toBe(stem);
});
