import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import express from 'express';
import { readConfig } from '#libs/config';
import { OutgoingConfig } from '#libs/outgoing';
import { SealingConfig } from '#libs/sealing';
import { SessionRecogniser } from '../auth/session.recogniser.js';
import { GuessesModule } from '../guesses/guesses.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { AccountController } from './account.controller.js';
import { AccountsRepository } from './accounts.repository.js';
import { OidcSignOnService } from './oidc-sign-on.service.js';
import { fromOwnSite } from './own-site.middleware.js';
import { PasswordsRepository } from './passwords.repository.js';
import { PasswordsService } from './passwords.service.js';
import { PeopleService } from './people.service.js';
import { SignInController } from './sign-in.controller.js';
import { SignInsRepository } from './sign-ins.repository.js';
import { SignInsService } from './sign-ins.service.js';
import { SignOnSettingsRepository } from './sign-on-settings.repository.js';
import { SignOnSettingsService } from './sign-on-settings.service.js';
import { SIGN_ON_SURROUNDINGS, type SignOnSurroundings } from './sign-on-surroundings.js';
import { SignOnConfig } from './sign-on.config.js';

const FORM_BYTES_MAX = 16_384;

const surroundings = (): SignOnSurroundings => ({ ...readConfig(SignOnConfig), ...readConfig(OutgoingConfig), ...readConfig(SealingConfig) });

/** How people sign in by a browser: at an identity provider, or by a password of this server. */
@Module({
  imports: [GuessesModule, IdentityModule],
  controllers: [SignInController, AccountController],
  providers: [
    { provide: SIGN_ON_SURROUNDINGS, useFactory: surroundings }, AccountsRepository, PasswordsRepository, SignInsRepository, SignOnSettingsRepository,
    OidcSignOnService, PasswordsService, PeopleService, SignInsService, SignOnSettingsService, SessionRecogniser,
  ],
  exports: [SessionRecogniser, AccountsRepository, SignInsService, PasswordsService, PeopleService, SignOnSettingsService, SignOnSettingsRepository],
})
export class SignOnModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(fromOwnSite, express.urlencoded({ extended: false, limit: FORM_BYTES_MAX, parameterLimit: 20 })).forRoutes('auth/{*path}', 'account/{*path}');
  }
}
