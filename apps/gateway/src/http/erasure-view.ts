import { z } from 'zod';
import { reportOf } from '../erasures/erasure-run.service.js';
import type { Erasure } from '../erasures/erasures.service.js';

export const ErasureView = z.object({
  erasure_id: z.uuid(),
  organisation_id: z.uuid(),
  project_id: z.uuid().nullable().describe('Null where it is the whole organisation, or a person.'),
  user_id: z.uuid().nullable().describe('Null where it is no person.'),
  requested_by: z.uuid(),
  requested_at: z.iso.datetime(),
  done: z.boolean(),
  rows: z.record(z.string(), z.int()).describe('That are gone, by table, and repositories.'),
  report: z.object({
    erasure_id: z.uuid(), organisation_id: z.uuid(), project_id: z.uuid().nullable(), user_id: z.uuid().optional(), requested_by: z.uuid(), requested_at: z.iso.datetime(), finished_at: z.iso.datetime(),
    rows: z.record(z.string(), z.int()),
  }).nullable().describe('Null until it is done.'),
  signature: z.string().nullable().describe('Ed25519 over the report as JSON without spaces and with its keys in order, in base64; null where AI_MEMORY_SECRET_KEY is not set.'),
});

export function erasureView(erasure: Erasure): z.output<typeof ErasureView> {
  const { finished_at: finishedAt } = erasure;
  return {
    erasure_id: erasure.erasure_id, organisation_id: erasure.organisationId, project_id: erasure.project_id, user_id: erasure.user_id, requested_by: erasure.requested_by, requested_at: erasure.requested_at.toISOString(),
    done: finishedAt !== null, rows: erasure.rows, report: finishedAt && reportOf(erasure.organisationId, erasure, finishedAt), signature: erasure.signature,
  };
}
