import type { z } from 'zod';
import { Permission } from '#libs/tenancy';

/**
 * A question one app asks another, with exactly one serving app. The subject is `<owner>.<verb-noun>.v<N>`.
 * `timeoutMs` bounds the whole exchange; the asker gets a `timeout` fault after it.
 */
export interface RequestContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly type: 'request';
  readonly subject: string;
  readonly input: I;
  readonly output: O;
  readonly timeoutMs: number;
  /** What the asker must be allowed to do: in the projects that the input is about, else in the organisation. */
  readonly permission: Permission;
  /** The projects that an input is about; the asker needs the permission in each. */
  projectsIn(input: z.output<I>): readonly string[];
  /** For what looks through several projects: the input without those that the asker may not see, as if they were not there. */
  without?(input: z.output<I>, isVisible: (projectId: string) => boolean): z.output<I>;
  /** Changes something: not for who may only read. */
  readonly isChange: boolean;
}

/** A fact that has been committed. Delivered at least once to every app that hears it; handlers must be idempotent. */
export interface EventContract<P extends z.ZodType = z.ZodType> {
  readonly type: 'event';
  readonly subject: string;
  readonly payload: P;
}

/**
 * A hint to every running process of whoever hears it, at most once: it may be lost, so that what it says must be found out
 * without it too, only later. Durable facts are events.
 */
export interface SignalContract<P extends z.ZodType = z.ZodType> {
  readonly type: 'signal';
  readonly subject: string;
  readonly payload: P;
}

/** What a caller passes (before defaults). */
export type InputOf<C extends RequestContract> = z.input<C['input']>;
/** What a handler receives (after parsing and defaults). */
export type ParsedInputOf<C extends RequestContract> = z.output<C['input']>;
/** What a handler returns and a caller receives. */
export type OutputOf<C extends RequestContract> = z.output<C['output']>;
export type PayloadOf<E extends EventContract | SignalContract> = z.output<E['payload']>;

type RequestShape<I extends z.ZodType, O extends z.ZodType> =
  Pick<RequestContract<I, O>, 'input' | 'output' | 'permission' | 'timeoutMs'> & Partial<Pick<RequestContract<I, O>, 'isChange' | 'projectsIn' | 'without'>>;

/** Throws for one that does not say what its asker must be allowed to do, so that the boot fails. */
export function request<I extends z.ZodType, O extends z.ZodType>(subject: string, shape: RequestShape<I, O>): RequestContract<I, O> {
  if (!Permission.safeParse(shape.permission).success) throw new Error(`${subject} declares no permission`);
  return { type: 'request', subject, isChange: false, projectsIn: projectIn, ...shape };
}

function projectIn(input: unknown): readonly string[] {
  const { projectId } = input as { projectId?: string | null };
  return projectId ? [projectId] : [];
}

export function event<P extends z.ZodType>(subject: string, payload: P): EventContract<P> {
  return { type: 'event', subject, payload };
}

export function signal<P extends z.ZodType>(subject: string, payload: P): SignalContract<P> {
  return { type: 'signal', subject, payload };
}
