import { runSource } from './run-source.mjs';

const { takeScreenshots } = await runSource('test/web/screenshots.ts');
await takeScreenshots(process.argv.slice(2));
