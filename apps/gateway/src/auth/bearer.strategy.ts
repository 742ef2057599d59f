import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';
import { AuthenticationService } from './authentication.service.js';
import type { Credential } from './token-cache.js';

/** `Authorization: Bearer …` by passport; what it returns becomes the request's credential. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, 'bearer') {
  constructor(private readonly authentication: AuthenticationService) {
    super();
  }

  validate(token: string): Promise<Credential> {
    return this.authentication.ofToken(token);
  }
}
