import { Injectable } from '@nestjs/common';
import { type AuditFacts, recordAudit } from '#libs/audit';
import { Bus } from '#libs/bus';
import { ExportCaptured, ExportCompiled, ExportWiki, type OutputOf } from '#libs/contracts';
import { exportPiece, type ExportSubject, TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { EXPORTED_IDENTITY } from './exported-identity.js';

type Piece = OutputOf<typeof ExportCaptured>;

/** All that is held of a project, a person or the organisation, from every app. */
@Injectable()
export class ExportsService {
  constructor(private readonly db: TenantDb, private readonly bus: Bus) {}

  /** A row a line, as JSON with the table it is from; the last line says how many there were, so that a cut answer is not taken for a whole one. */
  async *lines(scope: TenantScope, of: ExportSubject): AsyncGenerator<string> {
    await this.db.run(scope, (tx) => recordAudit(tx, scope, { action: 'data.exported', target: `organisation:${scope.organisationId}`, after: factsOf(of) }));
    let rows = 0;
    for (const read of this.readers(scope, of)) {
      for (let after: string | null = null; ;) {
        const piece: Piece = await read(after);
        rows += piece.rows.length;
        if (piece.rows.length > 0) yield piece.rows.map((row) => `${JSON.stringify(row)}\n`).join('');
        if (piece.next === null) break;
        after = piece.next;
      }
    }
    yield `${JSON.stringify({ end: { rows } })}\n`;
  }

  private readers(scope: TenantScope, of: ExportSubject): ((after: string | null) => Promise<Piece>)[] {
    const asked = [ExportCaptured, ExportCompiled, ExportWiki].map((contract) => (after: string | null) => this.bus.ask(scope, contract, { of, after }));
    return [(after) => this.db.run(scope, (tx) => exportPiece(tx, EXPORTED_IDENTITY, of, after)), ...asked];
  }
}

function factsOf(of: ExportSubject): AuditFacts<'data.exported'> {
  if (of === 'organisation') return {};
  return 'userId' in of ? { user_id: of.userId } : { project_id: of.projectId };
}
