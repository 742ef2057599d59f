import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refusals } from '../audit/refusals.service.js';
import { logRequestFault, requestFaultOf } from '../http/problem.js';

/** A git client shows a plain text as `remote: …`, and asks for a password where it is challenged with Basic. */
@Catch()
export class GitProblemFilter implements ExceptionFilter {
  constructor(private readonly refusals: Refusals) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const fault = requestFaultOf(error);
    logRequestFault(fault);
    this.refusals.note(fault, host.switchToHttp().getRequest<Request>());
    if (response.headersSent) {
      // In the middle of a pack there is no way to say so but to break off.
      response.destroy();
      return;
    }
    if (fault.kind === 'unauthenticated') response.set('www-authenticate', 'Basic realm="ai-memory: any user, and a token as the password", charset="UTF-8"');
    if (fault.retryAfterSeconds !== undefined) response.set('retry-after', String(Math.ceil(fault.retryAfterSeconds)));
    response.status(fault.status).set({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).send(`${fault.sentence}\n`);
  }
}
