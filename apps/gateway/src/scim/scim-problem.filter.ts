import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { logRequestFault, requestFaultOf } from '../http/problem.js';
import { SCIM_TYPES } from './scim.faults.js';

export const SCIM_TYPE = 'application/scim+json';

/** Errors as directories read them: RFC 7644, 3.12. */
@Catch()
export class ScimProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const fault = requestFaultOf(error);
    logRequestFault(fault);
    if (fault.kind === 'unauthenticated') response.set('WWW-Authenticate', 'Bearer');
    if (fault.retryAfterSeconds !== undefined) response.set('Retry-After', String(Math.ceil(fault.retryAfterSeconds)));
    const scimType = SCIM_TYPES[fault.code];
    response.status(fault.status).type(SCIM_TYPE).send(JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(fault.status), ...(scimType ? { scimType } : {}), detail: fault.sentence,
    }));
  }
}
