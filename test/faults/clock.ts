/**
 * What is loaded into each service before anything else: a `Date` that is as far ahead as a file says that bears the service's name. Other clocks, by which
 * timers run, go on as they do when a machine's time is set.
 */
export const CLOCK_MODULE = `import { readFileSync } from 'node:fs';
const service = /apps\\/([a-z-]+)\\/src\\/main\\.js$/.exec(process.argv[1] ?? '')?.[1];
const now = Date.now;
let aheadMs = 0;
const look = () => {
  try { aheadMs = Number(readFileSync(process.env.FAULTS_CLOCKS + '/' + service, 'utf8')); } catch { aheadMs = 0; }
};
if (service) {
  setInterval(look, 100).unref();
  look();
  Date.now = () => now() + aheadMs;
  globalThis.Date = new Proxy(Date, { construct: (real, args, made) => Reflect.construct(real, args.length === 0 ? [Date.now()] : args, made) });
}
`;
