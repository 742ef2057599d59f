import { describe, expect, it } from 'vitest';
import { codeOf, filesOf, type SourceFile } from './source-files.js';

interface Rule {
  what: string;
  /** Where it may stand; everywhere else it may not. */
  rooms: readonly string[];
  isIn(file: SourceFile): boolean;
}

const says = (pattern: RegExp) => (file: SourceFile): boolean => pattern.test(codeOf(file));
const imports = (pattern: RegExp) => (file: SourceFile): boolean => file.specifiers.some((specifier) => pattern.test(specifier));

const RULES: readonly Rule[] = [
  { what: 'the environment', rooms: ['libs/config/'], isIn: says(/\bprocess\.env\b/) },
  { what: "TypeORM's ways around TenantDb", rooms: ['libs/database/'], isIn: says(/import[^;]*\b(DataSource|EntityManager|Repository|getRepository)\b[^;]*from 'typeorm'/) },
  { what: 'a Postgres client', rooms: ['libs/database/'], isIn: imports(/^pg(-|$)/) },
  { what: 'a NATS client', rooms: ['libs/bus/'], isIn: imports(/^@nats-io\//) },
  { what: 'a subject', rooms: ['libs/contracts/'], isIn: says(/['"`][a-z-]+\.[a-z-]+\.v\d+['"`]/) },
  { what: "Nest's own HTTP exceptions", rooms: ['apps/gateway/'], isIn: says(/import[^;]*\b(HttpException|\w+Exception)\b[^;]*from '@nestjs\/common'/) },
  { what: 'a global module', rooms: ['libs/runtime/'], isIn: says(/@Global\(\)/) },
  { what: 'a circle of modules', rooms: [], isIn: says(/\bforwardRef\b/) },
  { what: 'simple-git', rooms: ['apps/wiki-git/'], isIn: imports(/^simple-git/) },
  { what: 'the MCP SDK', rooms: ['apps/gateway/src/mcp/', 'apps/cli/src/mcp/'], isIn: imports(/^@modelcontextprotocol\//) },
  { what: 'a model SDK', rooms: ['apps/compiler/src/models/'], isIn: imports(/^(ai$|@ai-sdk\/)/) },
  { what: 'an HTTP client of its own', rooms: ['libs/outgoing/'], isIn: imports(/^undici$/) },
  { what: 'an OpenID Connect client', rooms: ['apps/gateway/src/sign-on/'], isIn: imports(/^openid-client$/) },
  { what: 'an OpenTelemetry SDK', rooms: ['libs/telemetry/'], isIn: imports(/^@opentelemetry\/(?!api$)/) },
];

const product = [...filesOf('apps'), ...filesOf('libs')].filter((file) => !file.isTest);

describe('each thing has its room', () => {
  it.each(RULES)('finds $what only where it may stand', ({ rooms, isIn }) => {
    const strays = product.filter((file) => isIn(file) && !rooms.some((room) => file.path.startsWith(room)));
    expect(strays.map((file) => file.path)).toEqual([]);
  });

  // A rule that matches nothing where it must match would hold whatever the code did.
  it.each(RULES.filter(({ rooms }) => rooms.length > 0))('finds $what there at all', ({ rooms, isIn }) => {
    expect(product.some((file) => isIn(file) && rooms.some((room) => file.path.startsWith(room)))).toBe(true);
  });
});
