import { EXIT, Failure } from './failure.js';

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; is the server running?',
  ENOTFOUND: 'its name is not known; is it spelt right?',
  EAI_AGAIN: 'its name could not be looked up; is there a network?',
  ENETUNREACH: 'there is no network to it',
  EHOSTUNREACH: 'there is no way to it',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  ETIMEDOUT: 'the connection took too long',
  UND_ERR_CONNECT_TIMEOUT: 'the connection took too long',
  EPROTO: 'it does not speak TLS; is it http:// rather than https://?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; is it http:// rather than https://?',
};
const CERTIFICATE = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** Why no answer came: for a request that never got a status. */
export function networkFailure(url: string, error: unknown, timeoutMs: number): Failure {
  return new Failure(`${url} is not reachable: ${causeOf(error, timeoutMs)}`, EXIT.unreachable, error);
}

function causeOf(error: unknown, timeoutMs: number): string {
  if ((error as Error).name === 'TimeoutError') return `no answer within ${timeoutMs / 1_000} s`;
  const code = codeOf(error);
  if (CERTIFICATE.test(code)) return `its certificate is not trusted (${code}); for a private authority set NODE_EXTRA_CA_CERTS`;
  return CAUSES[code] ?? (code || messageOf(error));
}

/** The innermost reason: the outer one is always the same. */
function messageOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause ? messageOf(cause) : message;
}

/** `fetch` wraps the error of the socket; several attempts (IPv6, IPv4) are wrapped once more. */
function codeOf(error: unknown): string {
  const { cause, errors, code } = error as { cause?: unknown; errors?: unknown[]; code?: string };
  if (code) return code;
  const inner = cause ?? errors?.[0];
  return inner ? codeOf(inner) : '';
}
