import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import type { ModelEndpoint } from '../models/model-endpoint.js';
import type { TokenUsage } from '../models/structured-call.js';
import type { Amount } from './spending.repository.js';

/** Which answer of which job. */
export interface Step {
  readonly jobId: string;
  readonly generation: number;
  /** One step, one answer; what the prompt depends on beside the session stands in the name. */
  readonly step: string;
}

export interface OpenCall {
  readonly callId: string;
  readonly month: string;
  readonly reserved: Amount;
}

export type CallOutcome = 'answered' | 'unusable' | 'rejected' | 'lost';

interface OpenRow {
  call_id: string;
  month: string;
  reserved_micros: string;
  reserved_tokens: string;
}

/** Every call of a model, from before it is made. */
@Injectable()
export class ModelCallsRepository {
  async open(tx: TenantTx, { jobId, generation, step }: Step, { provider, model }: ModelEndpoint, month: string, reserved: Amount): Promise<OpenCall> {
    const callId = randomUUID();
    await tx.query(
      `INSERT INTO memory.model_calls (organisation_id, call_id, job_id, generation, step, provider, model, month, reserved_micros, reserved_tokens)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [tx.organisationId, callId, jobId, generation, step, provider, model, month, reserved.micros, reserved.tokens]);
    return { callId, month, reserved };
  }

  /** False where it was settled already: by whoever took the job over, since this worker was thought dead. */
  async close(tx: TenantTx, callId: string, outcome: CallOutcome, costMicros: number, usage: TokenUsage, answer: unknown): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE memory.model_calls SET outcome = $3, cost_micros = $4, input_tokens = $5, cached_tokens = $6, output_tokens = $7, answer = $8
       WHERE organisation_id = $1 AND call_id = $2 AND outcome IS NULL RETURNING call_id`,
      [tx.organisationId, callId, outcome, costMicros, usage.input, usage.cached, usage.output, answer === undefined ? null : JSON.stringify(answer)]);
    return rows.length > 0;
  }

  /** Calls of a job whose worker is gone. */
  async openOf(tx: TenantTx, jobId: string): Promise<OpenCall[]> {
    const rows = await tx.query<OpenRow>(
      'SELECT call_id, month::text, reserved_micros, reserved_tokens FROM memory.model_calls WHERE organisation_id = $1 AND job_id = $2 AND outcome IS NULL FOR UPDATE', [tx.organisationId, jobId]);
    return rows.map((row) => ({ callId: row.call_id, month: row.month, reserved: { micros: Number(row.reserved_micros), tokens: Number(row.reserved_tokens) } }));
  }

  async keptAnswer(tx: TenantTx, { jobId, generation, step }: Step): Promise<{ answer: unknown; model: string } | undefined> {
    const rows = await tx.query<{ answer: unknown; model: string }>(
      `SELECT answer, model FROM memory.model_calls WHERE organisation_id = $1 AND job_id = $2 AND generation = $3 AND step = $4 AND outcome = 'answered' AND answer IS NOT NULL LIMIT 1`,
      [tx.organisationId, jobId, generation, step]);
    return rows[0];
  }

  /** The pages have it; what remains of a call is what it took. */
  async dropAnswers(tx: TenantTx, jobId: string): Promise<void> {
    await tx.query('UPDATE memory.model_calls SET answer = NULL WHERE organisation_id = $1 AND job_id = $2 AND answer IS NOT NULL', [tx.organisationId, jobId]);
  }

  /** The same calls as `memory.organisations_with_expired_calls` looks for. */
  async purge(tx: TenantTx, limit: number): Promise<void> {
    await tx.query(
      `DELETE FROM memory.model_calls WHERE organisation_id = $1 AND call_id IN (SELECT call_id FROM memory.model_calls
         WHERE organisation_id = $1 AND month < date_trunc('month', now() AT TIME ZONE 'UTC') - interval '13 months' AND outcome IS NOT NULL LIMIT $2)`, [tx.organisationId, limit]);
  }
}
