/*
 * How many writes a second one project takes, and how fast its pages are read, beside plain git in a work tree: in turns, on
 * the same disk, with 1,000 pages, core.fsync=all and core.fsyncMethod=fsync on both sides. Then again with a long history.
 *
 *   npm run bench:wiki -- [COMMITS OF THE LONG HISTORY] [TURNS]
 */
import { rmSync } from 'node:fs';
import { PAGES, pathOf, textOf } from './bench-pages.mjs';
import { startPlainGit } from './plain-git.mjs';
import { startWiki } from './started-wiki.mjs';

const HISTORY = Number(process.argv[2] ?? 20_000);
const TURNS = Number(process.argv[3] ?? 3);
const GIT_COMMITS = 40;
/** Of each turn, by the number of writers. */
const WRITES = new Map([[1, 100], [4, 200], [16, 480], [48, 960]]);
const READS = 400;
const READERS = 16;

const percent = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** What one kind of work took, over all turns. */
class Measure {
  rates = [];
  ratios = [];
  times = [];
  cpuSeconds = 0;

  constructor(name) {
    this.name = name;
  }

  /** Does `count` pieces of work, `width` at a time. `cpuOf` tells the CPU-seconds so far; `besides` is the rate it is compared with. */
  async take(count, width, work, cpuOf, besides) {
    const [cpuBefore, begunAt] = [cpuOf(), performance.now()];
    let next = 0;
    await Promise.all(Array.from({ length: width }, async () => {
      while (next < count) {
        const startedAt = performance.now();
        await work(next++);
        this.times.push(performance.now() - startedAt);
      }
    }));
    const rate = count / ((performance.now() - begunAt) / 1_000);
    this.cpuSeconds += cpuOf() - cpuBefore;
    this.rates.push(rate);
    if (besides) this.ratios.push(rate / besides);
    return rate;
  }

  toString() {
    const range = (values, digits) => `${percent(values, 0.5).toFixed(digits)} (${values[0].toFixed(digits)} to ${values.at(-1).toFixed(digits)})`;
    const [rates, ratios, times] = [this.rates, this.ratios, this.times].map((values) => values.toSorted((a, b) => a - b));
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percent(times, share).toFixed(1).padStart(8));
    const cpu = ((this.cpuSeconds / this.times.length) * 1_000).toFixed(1).padStart(8);
    return `${this.name.padEnd(36)}${range(rates, 0).padStart(22)}${p50}${p95}${p99}${cpu}   ${ratios.length > 0 ? range(ratios, 1) : ''}`;
  }
}

const columns = (...names) => names.map((name) => name.padStart(8)).join('');
const HEADER = `${''.padEnd(36)}${'a second'.padStart(22)}${columns('p50', 'p95', 'p99', 'CPU')}   times plain git\n${''.padEnd(36)}${'median (range)'.padStart(22)}${columns('ms', 'ms', 'ms', 's/1,000')}   median (range)`;

let round = 0;

async function compare(title, plain, wiki) {
  const commits = new Measure('git add && git commit, 1 at a time');
  const writes = [...WRITES].map(([writers, count]) => ({ writers, count, measure: new Measure(`writes by REST, ${writers} at a time`) }));
  const [show, file] = [new Measure('git show HEAD:<page>, 1 at a time'), new Measure('files of the work tree, 1 at a time')];
  const reads = [1, READERS].map((readers) => ({ readers, measure: new Measure(`page reads by REST, ${readers} at a time`) }));
  const [list, tree] = [new Measure('lists of 100 pages, 1 at a time'), new Measure('git ls-tree -r HEAD, 1 at a time')];
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const { writers, count, measure } of writes) {
      round += 1;
      const besides = await commits.take(GIT_COMMITS, 1, (index) => plain.commit(index, round), plain.cpu);
      await measure.take(count, writers, (index) => wiki.write(index, round), wiki.cpu, besides);
    }
    const besides = await show.take(READS / 4, 1, (index) => plain.show(index), plain.cpu);
    await file.take(READS, 1, (index) => plain.readFile(index), plain.cpu, besides);
    for (const { readers, measure } of reads) await measure.take(READS, readers, (index) => wiki.read(index), wiki.cpu, besides);
    const listing = await tree.take(20, 1, () => plain.listTree(), plain.cpu);
    await list.take(READS / 4, 1, () => wiki.list(), wiki.cpu, listing);
  }
  console.log(`\n${title}: ${plain.commitCount()} commits in plain git, ${wiki.commitCount()} in the wiki, which has ${wiki.packCount()} packs\n\n${HEADER}`);
  for (const measure of [commits, ...writes.map((each) => each.measure), show, file, ...reads.map((each) => each.measure), tree, list]) console.log(`${measure}`);
}

const plain = await startPlainGit();
const wiki = await startWiki();
try {
  console.log(`${PAGES} pages of ${textOf(0, 0).length} bytes, as ${pathOf(0)}; git ${plain.version} with core.fsync=all and core.fsyncMethod=fsync on both sides, Postgres with fsync.`);
  console.log('Each write is a commit with its own author, on disk when it is answered. Writers and readers ask again when they have their answer (closed loop).');
  await compare('A short history', plain, wiki);
  if (HISTORY > 0) {
    plain.growTo(HISTORY);
    await wiki.growTo(HISTORY);
    await compare('A long history', plain, wiki);
  }
  console.log(`\ngit fsck --strict of the wiki: ${wiki.fsck()}`);
} finally {
  await wiki.stop();
  for (const folder of [plain.root, wiki.root]) rmSync(folder, { recursive: true, force: true });
}
