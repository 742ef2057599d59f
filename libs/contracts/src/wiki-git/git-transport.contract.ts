import { z } from 'zod';
import { request } from '../define.js';

/** Bytes of a git stream in one message: in base64 they fit a bus with the smallest payload (1 MiB). */
export const GIT_CHUNK_BYTES_MAX = 512 * 1024;
/** Largest push, as it is sent: commands and pack. */
export const PUSH_BYTES_MAX = 64 * 1024 * 1024;

const Chunk = z.base64().max(Math.ceil(GIT_CHUNK_BYTES_MAX / 3) * 4);
/** Version 2 of git's protocol; else version 0. */
const isVersion2 = z.boolean();

/** What a git client asks first: refs and capabilities. A project without pages has a repository without commits. */
export const AdvertiseRefs = request('wiki-git.advertise-refs.v1', {
  permission: 'git',
  input: z.object({ projectId: z.uuid(), service: z.enum(['git-upload-pack', 'git-receive-pack']), isVersion2 }),
  output: z.object({ data: Chunk }),
  timeoutMs: 5_000,
});

/** One round of a clone or fetch. `transferId` is null where `data` is all of the answer, else `ContinueFetch` has the rest. */
export const FetchPack = request('wiki-git.fetch-pack.v1', {
  permission: 'git',
  input: z.object({ projectId: z.uuid(), isVersion2, request: Chunk }),
  output: z.object({ data: Chunk, transferId: z.uuid().nullable() }),
  timeoutMs: 30_000,
});

/** The next bytes of an answer. Asked one at a time: who does not ask holds git up, and after a minute ends it. Fails with `not-found`. */
export const ContinueFetch = request('wiki-git.continue-fetch.v1', {
  permission: 'self',
  input: z.object({ projectId: z.uuid(), transferId: z.uuid() }),
  output: z.object({ data: Chunk, isLast: z.boolean() }),
  timeoutMs: 30_000,
});

/** Puts the next bytes of a push aside, in order; `offset` is how many were sent before. Forgotten when nothing comes for a minute. */
export const StagePush = request('wiki-git.stage-push.v1', {
  permission: 'pages:write',
  input: z.object({ projectId: z.uuid(), transferId: z.uuid(), offset: z.number().int().nonnegative().max(PUSH_BYTES_MAX), data: Chunk }),
  output: z.object({}),
  isChange: true,
  timeoutMs: 10_000,
});

/** Checks what was put aside, and takes it in or refuses it; `report` is what the client's git shows. Fails with `not-found`. */
export const ReceivePush = request('wiki-git.receive-push.v1', {
  permission: 'pages:write',
  input: z.object({ projectId: z.uuid(), projectName: z.string(), transferId: z.uuid() }),
  output: z.object({ report: Chunk }),
  isChange: true,
  timeoutMs: 120_000,
});
