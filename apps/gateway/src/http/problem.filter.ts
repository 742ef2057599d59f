import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Fault } from '#libs/faults';
import { currentTraceId, logger } from '#libs/telemetry';
import { problemOf, requestFaultOf } from './problem.js';

/** The last stop of every failed request: logs it once, and answers with problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const fault = requestFaultOf(error);
    log(fault);
    if (response.headersSent) {
      response.end();
      return;
    }
    const { status, headers, problem } = problemOf(fault, currentTraceId());
    response.status(status).set(headers).send(JSON.stringify(problem));
  }
}

/** Only what is ours to mend is an error; what callers do wrong would drown it. */
function log(fault: Fault): void {
  if (fault.kind === 'internal') logger.error({ err: fault, code: fault.code }, 'A request failed');
  else if (fault.kind === 'unavailable' || fault.kind === 'timeout') logger.warn({ code: fault.code, detail: fault.detail }, 'A request could not be served');
  else logger.debug({ code: fault.code }, 'A request was refused');
}
