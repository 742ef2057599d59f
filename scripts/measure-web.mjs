import { runSource } from './run-source.mjs';

const { measureWeb } = await runSource('test/web/measure-web.ts');
await measureWeb(process.argv.slice(2));
