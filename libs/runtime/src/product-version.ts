import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { z } from 'zod';

/** The product's version, from the nearest package.json, read once. */
export const PRODUCT_VERSION = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(findPackageJSON(import.meta.url)!, 'utf8'))).version;
