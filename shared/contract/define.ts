import type { z } from 'zod';
import type { ErrorCode } from '../errors/app-error.ts';

/**
 * Kinds of operation. `query`: reads, is asked again after an engine restart; may be subscribed to (`live`), then it is
 * re-run when a table it read has changed. `command`: changes, carries a command ID and is answered once.
 * `job`: long work with progress and cancel; also answered once per command ID.
 */
export type OperationKind = 'query' | 'command' | 'job';

export type Operation<K extends OperationKind = OperationKind, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly kind: K;
  readonly input: I;
  readonly output: O;
  /** Error codes beyond those every call may answer with (permission, contract, deadline, engine-lost, internal, cancelled, storage, quota). */
  readonly errors: readonly ErrorCode[];
  /** Milliseconds after which the caller gives up; a job has none but a heartbeat. */
  readonly deadlineMs: number;
  /** A job that changes nothing: its answer, which may be large, is not kept; where it is lost, the job runs again. */
  readonly repeatable?: true;
};

const operation =
  <K extends OperationKind>(kind: K, deadlineMs: number) =>
  <I extends z.ZodType, O extends z.ZodType>(input: I, output: O, errors: readonly ErrorCode[] = []): Operation<K, I, O> => ({
    kind,
    input,
    output,
    errors,
    deadlineMs,
  });

export const query = operation('query', 10_000);
export const command = operation('command', 30_000);
export const job = operation('job', 0);

/** A job that only reads, as an export does. */
export const readingJob: typeof job = (input, output, errors) => ({ ...job(input, output, errors), repeatable: true });

/** Progress of a job: done and total in the named unit; total 0 while unknown. */
export type Progress = { readonly step: string; readonly done: number; readonly total: number };
