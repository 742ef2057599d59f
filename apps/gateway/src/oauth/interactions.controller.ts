import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Fault } from '#libs/faults';
import { originOf } from '../auth/request-origin.js';
import { Requires } from '../auth/requires.js';
import { REQUEST_INVALID } from '../http/http.faults.js';
import { userOf } from '#libs/tenancy';
import { InteractionsService, type Interaction } from './interactions.service.js';
import { countRefusal } from './oauth-metrics.js';
import type { Page } from './oauth-page.js';
import { OAuthProblemFilter } from './oauth-problem.filter.js';
import { consentPage, signInPage } from './oauth-pages.js';

const SignIn = z.object({ token: z.string().trim().max(512) });
/** Of a form with checkboxes: none, one or several. */
const Projects = z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(1_000)]).default([]);
const Decision = z.object({ decision: z.enum(['allow', 'deny']), project: Projects });

/** The pages on which a person says who they are, and whether a program may act for them. */
@Controller('oauth/interaction/:uid')
@UseFilters(OAuthProblemFilter)
export class InteractionsController {
  constructor(private readonly interactions: InteractionsService) {}

  @Requires('public')
  @Get()
  async ask(@Param('uid') uid: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    show(response, await this.pageOf(await this.interactions.read(request, response), uid));
  }

  @Requires('public')
  @Post('sign-in')
  async signIn(@Param('uid') uid: string, @Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { token } = parse(SignIn, body);
    const interaction = await this.interactions.read(request, response);
    try {
      await this.interactions.signIn(interaction, token, originOf(request, null));
      response.redirect(303, `/oauth/interaction/${uid}`);
    } catch (error) {
      if (!(error instanceof Fault) || (error.kind !== 'unauthenticated' && error.kind !== 'limited')) throw error;
      countRefusal('unknown_token');
      show(response.status(error.status), signInPage(interaction.asking, uid, error.sentence));
    }
  }

  @Requires('public')
  @Post()
  async decide(@Param('uid') uid: string, @Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { decision, project } = parse(Decision, body);
    const interaction = await this.interactions.read(request, response);
    const { person, asking } = interaction;
    if (decision === 'deny') return response.redirect(303, await this.interactions.deny(request, response));
    if (!person || asking.scopes.length === 0) return show(response, await this.pageOf(interaction, uid));
    response.redirect(303, await this.interactions.allow({ ...interaction, person }, project, request, response));
  }

  private async pageOf({ asking, person }: Interaction, uid: string): Promise<Page> {
    if (!person) return signInPage(asking, uid);
    const projects = await this.interactions.projectsOf(person);
    return consentPage(asking, { name: userOf(person.scope)!.name, organisation: person.organisation, projects }, uid);
  }
}

function show(response: Response, { headers, text }: Page): void {
  response.set({ ...headers }).send(text);
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Fault(REQUEST_INVALID);
  return parsed.data;
}
