import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Fault } from '#libs/faults';
import { currentTraceId } from '#libs/telemetry';
import { Refusals } from '../audit/refusals.service.js';
import { logRequestFault, problemOf, requestFaultOf } from './problem.js';

/** The last stop of every failed request: logs it once, and answers with problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly refusals: Refusals) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const fault = requestFaultOf(error);
    logRequestFault(fault);
    this.refusals.note(fault, host.switchToHttp().getRequest<Request>());
    if (response.headersSent) {
      response.end();
      return;
    }
    const { status, headers, problem } = problemOf(fault, currentTraceId());
    response.status(status).set({ ...headers, ...this.furtherHeaders(fault, response) }).send(JSON.stringify(problem));
  }

  /** What an edge tells besides. */
  protected furtherHeaders(_fault: Fault, _response: Response): Record<string, string> {
    return {};
  }
}
