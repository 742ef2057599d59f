import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { generatedText } from './generated-text.js';

/**
 * `fts5-server.js FILE DOCUMENTS SEED TOKEN`: SQLite FTS5 over so many generated texts, behind a door as plain as one can be: a token is compared,
 * and an answer has as many hits, with snippets, as the product's. Says where it listens once the index is built.
 */
const [path, documents, seed, token] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4]), process.argv[5]!];
const CACHE_KIB = 512 * 1_024;
const HITS_MAX = 100;

const database = new DatabaseSync(path);
database.exec(`PRAGMA cache_size = -${CACHE_KIB}; CREATE VIRTUAL TABLE documents USING fts5 (text, tokenize = 'porter unicode61')`);
const insert = database.prepare('INSERT INTO documents VALUES (?)');
const text = generatedText(seed);
database.exec('BEGIN');
for (let index = 0; index < documents; index += 1) insert.run(text.document(index));
database.exec(`COMMIT; INSERT INTO documents (documents) VALUES ('optimize')`);
const select = database.prepare(`SELECT rowid AS id, rank AS score, snippet(documents, 0, '<mark>', '</mark>', '…', 24) AS snippet FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?`);

const server = createServer((request, response) => {
  const isKnown = request.headers.authorization === `Bearer ${token}`;
  const asked = new URL(request.url!, 'http://localhost').searchParams;
  response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isKnown ? { hits: select.all(matchOf(asked.get('q') ?? ''), Math.min(HITS_MAX, Number(asked.get('limit') ?? 10))) } : { title: 'Unauthorized' }));
});
server.listen(0, '127.0.0.1', () => console.log(`listening at http://127.0.0.1:${(server.address() as { port: number }).port}`));
process.on('SIGTERM', () => process.exit(0));

/** Any of the words, as the product takes a query. */
function matchOf(query: string): string {
  return query.split(' ').map((word) => `"${word}"`).join(' OR ');
}
