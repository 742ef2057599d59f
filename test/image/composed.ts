import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../system/product.js';

/** Where each process of ours answers, on 127.0.0.1: all share the machine's network, so that a test's stand-ins there can be called. */
export const PORTS = { gateway: 49_374, standalone: 49_375, ingest: 49_465, compiler: 49_466, search: 49_467, 'wiki-git': 49_468 } as const;
export type Composed = keyof typeof PORTS;
export const COMPOSED = Object.keys(PORTS) as Composed[];
export const DATABASE_PORT = 5_432;
export const BACKUP_METRICS = 'http://127.0.0.1:9472/metrics';

const WITH_A_DOOR: readonly string[] = ['gateway', 'standalone'];
const STARTED = [...COMPOSED, 'migrate', 'backup', 'postgres', 'nats'];

interface Compose {
  services: Record<string, { image: string; ports?: unknown; profiles?: unknown; build?: unknown; environment?: Record<string, unknown>; [more: string]: unknown }>;
  [more: string]: unknown;
}

/** Writes docker-compose.yml, with what it mounts, into a folder: as it is, but for the network, the names of images, and the services of other profiles. */
export function writeCompose(folder: string, images: { product: string; postgres?: string; nats?: string }): void {
  cpSync(join(ROOT, 'deploy'), join(folder, 'deploy'), { recursive: true });
  const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
  const services = Object.entries(compose.services).filter(([name]) => STARTED.includes(name)).map(([name, { ports: _ports, profiles: _profiles, build: _build, ...service }]) => {
    const image = name === 'postgres' || name === 'nats' ? (images[name] ?? service.image) : images.product;
    return [name, { ...service, image, network_mode: 'host', extra_hosts: ['postgres:127.0.0.1', 'nats:127.0.0.1'], environment: { ...service.environment, ...whereItListens(name) } }];
  });
  writeFileSync(join(folder, 'docker-compose.yml'), JSON.stringify({ ...compose, services: Object.fromEntries(services) as object }, null, 2));
}

/** And what agents and browsers are told of it: on loopback the product knows that by itself. */
function whereItListens(name: string): Record<string, string> {
  if (!(name in PORTS)) return {};
  const port = PORTS[name as Composed];
  return WITH_A_DOOR.includes(name) ? { AI_MEMORY_BIND: `0.0.0.0:${port}`, AI_MEMORY_PUBLIC_URL: `http://127.0.0.1:${port}` } : { AI_MEMORY_OPS_BIND: `0.0.0.0:${port}` };
}
