import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import type { ChainPlace, Link } from '#libs/audit';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import type { AuditFilter } from '../audit/audit.repository.js';
import { AuditService } from '../audit/audit.service.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const JSON_LINES = 'application/x-ndjson';
const Time = z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString());

const FILTER = {
  actor: z.string().min(1).max(200).optional().describe('Id or name of who did it.'),
  action: z.string().regex(/^[a-z-]+(\.[a-z-]+)?$/).optional().describe('`token.created`; or `token` for all that begin so.'),
  target: z.string().min(1).max(512).optional().describe('What it was done to, or the beginning of that: `project:acme/`.'),
  from: Time.optional().describe('Not before.'),
  to: Time.optional().describe('Before.'),
};

const PlaceView = z.object({ position: z.int(), hash: z.string() });
const Facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])).nullable();

const EntryView = z.object({
  position: z.int().describe('Its place in the chain; entries keep it.'),
  hash: z.string(),
  entry: z.object({
    at: z.iso.datetime(),
    action: z.string(),
    target: z.string(),
    result: z.enum(['done', 'refused']),
    actor: z.object({ type: z.enum(['user', 'service']), id: z.string(), name: z.string().nullable().describe('As they are called now, which is no part of what is hashed; null for who was erased, and for whom another organisation has.'), token_id: z.string().nullable() }),
    from: z.object({ address: z.string().nullable(), client: z.string().nullable() }),
    request_id: z.string().nullable(),
    count: z.int(),
    before: Facts,
    after: Facts,
  }),
}).meta({ id: 'AuditEntry' });

const ListAudit = route({
  method: 'GET',
  path: '/audit',
  summary: 'What was done in the organisation, newest first. For owners and admins.',
  query: { ...FILTER, limit: wholeNumber(1, 200, 50), cursor: z.string().regex(/^\d{1,15}$/).optional().describe('`next_cursor` of the answer before; entries that came since are not in the way.') },
  response: z.object({ entries: z.array(EntryView), next_cursor: z.string().nullable() }),
});

const ExportAudit = route({
  method: 'GET',
  path: '/audit/export',
  summary: 'The same, oldest first, as lines of JSON. For owners and admins.',
  query: FILTER,
  response: z.instanceof(StreamableFile),
  produces: JSON_LINES,
});

const VerifyAudit = route({
  method: 'GET',
  path: '/audit/verify',
  summary: 'Follows the chain of hashes and names the first entry that was altered or taken out. For owners and admins.',
  query: { known: z.string().regex(/^\d{1,15}:[0-9a-f]{64}$/, 'must be <position>:<hash> of a head that was noted before').optional().describe('A head from before, kept elsewhere: it must still be there.') },
  response: z.object({
    ok: z.boolean(),
    entries: z.int(),
    anchor: PlaceView.describe('What retention took away last; the chain goes on from it.'),
    head: PlaceView.describe('Note it elsewhere: then a chain that was made anew is found out.'),
    broken: z.object({ position: z.int(), reason: z.enum(['missing', 'altered']) }).nullable(),
  }),
});

const Retention = z.int().min(30).max(3_650).nullable().describe('Null: for ever.');
const ReadAuditRetention = route({ method: 'GET', path: '/audit/retention', summary: 'How long entries are kept. For owners and admins.', response: z.object({ retention_days: Retention }) });
const WriteAuditRetention = route({ method: 'PUT', path: '/audit/retention', summary: 'Sets how long entries are kept; the chain goes on from where the last of them was taken away. For owners and admins.', body: z.strictObject({ retention_days: Retention }), response: z.object({ retention_days: Retention }) });

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Requires('admin:audit')
  @Route(ListAudit)
  async listAudit(scope: TenantScope, { query: { limit, cursor, ...filter } }: RouteInput<typeof ListAudit>): Promise<RouteAnswer<typeof ListAudit>> {
    const { links, names } = await this.audit.list(scope, filterOf(filter), limit + 1, cursor === undefined ? null : Number(cursor));
    const shown = links.slice(0, limit);
    return { entries: shown.map((link) => entryView(link, names)), next_cursor: links.length > limit ? String(shown.at(-1)!.position) : null };
  }

  @Requires('admin:audit')
  @Route(ExportAudit)
  async exportAudit(scope: TenantScope, { query }: RouteInput<typeof ExportAudit>): Promise<RouteAnswer<typeof ExportAudit>> {
    const file = new StreamableFile(Readable.from(lines(await this.audit.export(scope, filterOf(query)))), { type: JSON_LINES, disposition: 'attachment; filename="audit.jsonl"' });
    // In the middle there is no way to say so but to break off.
    return file.setErrorHandler((_error, response) => response.destroy?.());
  }

  @Requires('admin:audit')
  @Route(VerifyAudit)
  async verifyAudit(scope: TenantScope, { query: { known } }: RouteInput<typeof VerifyAudit>): Promise<RouteAnswer<typeof VerifyAudit>> {
    const verification = await this.audit.verify(scope, known === undefined ? null : placeOf(known));
    return { ok: verification.broken === null, ...verification };
  }

  @Requires('admin:audit')
  @Route(ReadAuditRetention)
  async readAuditRetention(scope: TenantScope): Promise<RouteAnswer<typeof ReadAuditRetention>> {
    return { retention_days: await this.audit.readRetention(scope) };
  }

  @Requires('admin:audit')
  @Route(WriteAuditRetention)
  async writeAuditRetention(scope: TenantScope, { body }: RouteInput<typeof WriteAuditRetention>): Promise<RouteAnswer<typeof WriteAuditRetention>> {
    await this.audit.writeRetention(scope, body.retention_days);
    return { retention_days: body.retention_days };
  }
}

function filterOf({ actor, action, target, from, to }: AuditFilter): AuditFilter {
  return { actor, action, target, from, to };
}

function placeOf(known: string): ChainPlace {
  const [position, hash] = known.split(':') as [string, string];
  return { position: Number(position), hash };
}

function entryView({ position, hash, content }: Link, names: ReadonlyMap<string, string>): z.output<typeof EntryView> {
  const entry = JSON.parse(content) as z.output<typeof EntryView>['entry'];
  const name = entry.actor.type === 'service' ? entry.actor.id : names.get(entry.actor.id) ?? null;
  return { position, hash, entry: { ...entry, actor: { ...entry.actor, name } } };
}

/** Entries stand in them byte for byte as they were hashed. */
async function* lines(batches: AsyncIterable<Link[]>): AsyncGenerator<Buffer> {
  for await (const links of batches) yield Buffer.from(links.map(({ position, hash, content }) => `{"position":${position},"hash":"${hash}","entry":${content}}\n`).join(''));
}
