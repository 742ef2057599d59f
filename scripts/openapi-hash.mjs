import { createHash } from 'node:crypto';

/** Names what an OpenAPI document says of the routes; the product's version is no matter. */
export function documentHash({ info: _info, ...document }) {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex');
}
