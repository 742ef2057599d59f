import { generateKeyPairSync, sign } from 'node:crypto';

const UTC_TIME = 0x17;
const [SEQUENCE, SET, INTEGER, BIT_STRING, OCTET_STRING, OBJECT_ID, UTF8, BOOLEAN] = [0x30, 0x31, 0x02, 0x03, 0x04, 0x06, 0x0c, 0x01] as const;
const [VERSION, EXTENSIONS, DNS_NAME] = [0xa0, 0xa3, 0x82] as const;
/** As DER has them: ecdsa-with-SHA256, commonName, subjectAltName, basicConstraints. */
const [ECDSA_SHA256, COMMON_NAME, ALT_NAME, CONSTRAINTS] = ['2a8648ce3d040302', '550403', '551d11', '551d13'].map((hex) => der(OBJECT_ID, Buffer.from(hex, 'hex'))) as [Buffer, Buffer, Buffer, Buffer];
const HOUR_MS = 3_600_000;

/** A key and a certificate of a host, in PEM, for an hour; it vouches for itself. */
export function selfSigned(host: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from(host)))));
  const time = (ms: number): Buffer => der(UTC_TIME, Buffer.from(new Date(ms).toISOString().replace(/^20|[-:T]|\.\d+/g, '')));
  const algorithm = der(SEQUENCE, ECDSA_SHA256);
  const extensions = der(SEQUENCE, der(SEQUENCE, ALT_NAME, der(OCTET_STRING, der(SEQUENCE, der(DNS_NAME, Buffer.from(host))))), der(SEQUENCE, CONSTRAINTS, der(OCTET_STRING, der(SEQUENCE, der(BOOLEAN, Buffer.from([0xff]))))));
  const body = der(SEQUENCE, der(VERSION, der(INTEGER, Buffer.from([2]))), der(INTEGER, Buffer.from([1])), algorithm, name, der(SEQUENCE, time(Date.now() - HOUR_MS), time(Date.now() + HOUR_MS)), name,
    publicKey.export({ type: 'spki', format: 'der' }), der(EXTENSIONS, extensions));
  const whole = der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.from([0]), sign('sha256', body, privateKey)));
  const cert = `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert };
}

/** ASN.1 in its distinguished encoding: tag, length, content. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const bytes = content.length < 0x80 ? [content.length] : content.length < 0x100 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}
