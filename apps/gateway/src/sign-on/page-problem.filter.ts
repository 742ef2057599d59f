import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { logRequestFault, PROBLEM_TITLE, requestFaultOf } from '../http/problem.js';
import { PAGE_HEADERS } from './markup.js';
import { problemPage } from './sign-in-page.js';

/** Tells a person what went wrong, on a page. */
@Catch()
export class PageProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const fault = requestFaultOf(error);
    logRequestFault(fault);
    if (fault.retryAfterSeconds !== undefined) response.set('Retry-After', String(Math.ceil(fault.retryAfterSeconds)));
    response.status(fault.status).set(PAGE_HEADERS).send(problemPage(PROBLEM_TITLE[fault.kind], fault.sentence));
  }
}
