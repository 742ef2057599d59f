import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/** A request as it goes over the wire: no client that would mend its path or refuse its headers. */
export interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | undefined;
}

export interface Hit {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Longer than any bound that the product has for an answer. */
const HANG_MS = 60_000;
const KEPT_BYTES = 65_536;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Of an answer that has no end, such as a stream of events, only the beginning is waited for. */
export function shoot(url: string, { method, path, headers, body }: Shot): Promise<Hit> {
  const { hostname, port } = new URL(url);
  const length: Record<string, string> = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers: { ...headers, ...length }, agent, timeout: HANG_MS }, (answer) => {
      let text = '';
      const done = (): void => resolve({ status: answer.statusCode!, headers: answer.headers, text });
      answer.setEncoding('latin1').on('data', (chunk: string) => (text += text.length < KEPT_BYTES ? chunk : '')).on('end', done).on('error', reject);
      if (!answer.headers['content-type']?.startsWith('text/event-stream')) return;
      done();
      outgoing.destroy();
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`No answer within ${HANG_MS / 1_000} s`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Bytes as they are. Gives what came back until the server closed, or was silent for a while with all said. */
export function shootBytes(url: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(500, done).setEncoding('latin1').on('data', (chunk: string) => (text += chunk)).on('error', done).on('close', done);
  });
}

/** In a request line: what may not stand there is escaped, what is escaped already stays. */
export function urlText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1').replace(/[^!-~]|#/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
