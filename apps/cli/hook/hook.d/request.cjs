// One request, for machines without curl: `node request.cjs METHOD SECONDS WORK [FILE]`, with address and token as the two
// lines of stdin. Prints the status; what came is in WORK.answer and WORK.headers. Ends with 1 where no answer came.
const { readFileSync, writeFileSync } = require('node:fs');

const [method, seconds, work, file] = process.argv.slice(2);
const [url, token] = readFileSync(0, 'utf8').split('\n');
const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };

function keep(answer, chunks) {
  writeFileSync(`${work}.answer`, Buffer.concat(chunks));
  writeFileSync(`${work}.headers`, Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`).join(''));
  process.stdout.write(String(answer.statusCode));
}

function fail() {
  process.exit(1);
}

require(url.startsWith('https:') ? 'node:https' : 'node:http')
  .request(url, { method, headers, signal: AbortSignal.timeout(seconds * 1_000) }, (answer) => {
    const chunks = [];
    answer.on('data', (chunk) => chunks.push(chunk)).on('error', fail).on('end', () => keep(answer, chunks));
  })
  .on('error', fail)
  .end(file && readFileSync(file));
