import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { logRequestFault, requestFaultOf } from '../http/problem.js';
import { problemPage } from './oauth-pages.js';

/** What failed on a page is told on a page. */
@Catch()
export class OAuthProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const fault = requestFaultOf(error);
    logRequestFault(fault);
    const { headers, text } = problemPage(fault.sentence);
    host.switchToHttp().getResponse<Response>().status(fault.status).set({ ...headers }).send(text);
  }
}
