import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { originOf } from '../auth/request-origin.js';
import { Requires } from '../auth/requires.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { clearCookie, cookieOf, setCookie } from './cookies.js';
import { PAGE_HEADERS } from './markup.js';
import { ATTEMPT_LIFE_MS, OidcSignOnService } from './oidc-sign-on.service.js';
import { safeReturn } from './own-site.js';
import { PageProblemFilter } from './page-problem.filter.js';
import { PasswordsService } from './passwords.service.js';
import { attemptCookie, publicOrigin, signInCookie } from './public-origin.js';
import { invitationPage, organisationPage, signedOutPage, signInPage } from './sign-in-page.js';
import { countSignIn } from './sign-on-metrics.js';
import { type SignInMethod } from './sign-ins.repository.js';
import { SIGN_IN_LIFE_MS, SignInsService, type Whence } from './sign-ins.service.js';

/** What a form holds; anything else is empty, and answered like something wrong. */
const Text = z.string().max(1_024).catch('');
const Form = z.object({ organisation: Text, login: Text, password: Text, code: Text, return_to: Text }).partial().catch({});

/** The pages by which a browser signs in and out. They hold no script, and nothing of any tenant but what was typed in. */
@Controller('auth')
@UseFilters(PageProblemFilter)
export class SignInController {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig, private readonly signIns: SignInsService, private readonly oidc: OidcSignOnService, private readonly passwords: PasswordsService,
  ) {}

  @Requires('public')
  @Get('sign-in')
  async show(@Query('organisation') organisation: unknown, @Query('return_to') returnTo: unknown, @Res() response: Response): Promise<void> {
    const name = Text.parse(organisation);
    response.set(PAGE_HEADERS).send(name === '' ? organisationPage(safeReturn(returnTo)) : signInPage({ organisation: name, returnTo: safeReturn(returnTo), hasProvider: await this.oidc.hasProvider(name) }));
  }

  @Requires('public')
  @Get('login')
  async login(@Query('organisation') organisation: unknown, @Query('return_to') returnTo: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { url, attempt } = await this.oidc.begin(Text.parse(organisation) || this.config.AI_MEMORY_ORGANISATION, safeReturn(returnTo), this.redirectUri(request));
    setCookie(response, attemptCookie(this.config), attempt, ATTEMPT_LIFE_MS);
    response.set('Cache-Control', 'no-store').redirect(302, url);
  }

  @Requires('public')
  @Get('callback')
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const cookie = attemptCookie(this.config);
    clearCookie(response, cookie);
    const { scope, userId, returnTo, idToken } = await this.oidc.finish(new URL(request.originalUrl, publicOrigin(this.config, request)), cookieOf(request, cookie.name), originOf(request, null));
    await this.open(request, response, scope, userId, 'oidc', idToken);
    response.redirect(302, returnTo);
  }

  @Requires('public')
  @Post('password')
  async password(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { organisation = '', login = '', password = '', return_to: returnTo } = Form.parse(body);
    try {
      const { scope, userId } = await this.passwords.check(organisation, login, password, originOf(request, null));
      await this.open(request, response, scope, userId, 'password');
      response.redirect(303, safeReturn(returnTo));
    } catch (error) {
      await this.showAgain(error, response, (problem) => this.signInAgain(organisation, login, returnTo, problem));
    }
  }

  @Requires('public')
  @Get('invitation')
  async showInvitation(@Query('code') code: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const invited = await this.passwords.invited(code, originOf(request, null));
    response.set(PAGE_HEADERS).send(invitationPage(String(code), invited));
  }

  @Requires('public')
  @Post('invitation')
  async accept(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { code = '', password = '' } = Form.parse(body);
    const origin = originOf(request, null);
    const invited = await this.passwords.invited(code, origin);
    try {
      const { scope, userId } = await this.passwords.accept(code, password, origin);
      await this.open(request, response, scope, userId, 'invitation');
      response.redirect(303, '/account');
    } catch (error) {
      await this.showAgain(error, response, async (problem) => invitationPage(code, invited, problem));
    }
  }

  @Requires('public')
  @Post('logout')
  async logout(@Req() request: Request, @Res() response: Response): Promise<void> {
    const cookie = signInCookie(this.config);
    const found = await this.signIns.find(cookieOf(request, cookie.name) ?? '');
    clearCookie(response, cookie);
    const endSessionUrl = found && (await this.endEverywhere(request, found.scope, found.organisation, found.signInId));
    response.set(PAGE_HEADERS).send(signedOutPage(endSessionUrl));
  }

  private async endEverywhere(request: Request, scope: TenantScope, organisation: string, signInId: string): Promise<string | null> {
    const { method } = await this.signIns.end(scope, signInId);
    if (method !== 'oidc') return null;
    return this.oidc.endSessionUrl(scope, organisation, `${publicOrigin(this.config, request)}/auth/sign-in`, await this.signIns.idTokenOf(scope, signInId));
  }

  /** What was signed in by this browser before is not any more. */
  private async open(request: Request, response: Response, scope: TenantScope, userId: string, method: SignInMethod, idToken: string | null = null): Promise<void> {
    const cookie = signInCookie(this.config);
    const before = await this.signIns.find(cookieOf(request, cookie.name) ?? '');
    if (before) await this.signIns.end(before.scope, before.signInId);
    setCookie(response, cookie, await this.signIns.begin(scope, userId, method, whenceOf(request), idToken), SIGN_IN_LIFE_MS);
    countSignIn(method, 'signed-in');
  }

  /** The form once more, with what was wrong; everything that is not the person's doing goes on as an error. */
  private async showAgain(error: unknown, response: Response, formWith: (problem: string) => Promise<string>): Promise<void> {
    if (!(error instanceof Fault) || !['unauthenticated', 'limited', 'invalid'].includes(error.kind)) throw error;
    if (error.retryAfterSeconds !== undefined) response.set('Retry-After', String(error.retryAfterSeconds));
    response.status(error.status).set(PAGE_HEADERS).send(await formWith(error.sentence));
  }

  private async signInAgain(organisation: string, login: string, returnTo: unknown, problem: string): Promise<string> {
    return signInPage({ organisation, login, problem, returnTo: safeReturn(returnTo), hasProvider: await this.oidc.hasProvider(organisation) });
  }

  private redirectUri(request: Request): string {
    return `${publicOrigin(this.config, request)}/auth/callback`;
  }
}

function whenceOf(request: Request): Whence {
  return { address: request.ip ?? '', browser: request.get('user-agent') ?? '' };
}
