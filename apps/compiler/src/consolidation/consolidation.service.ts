import { Inject, Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { ReadSession } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { HandoffsService } from '../handoffs/handoffs.service.js';
import { readTimeline } from '../jobs/read-timeline.js';
import type { EffectiveModels } from '../model-settings/effective-models.js';
import { ModelSettingsService } from '../model-settings/model-settings.service.js';
import { MODELS_CONFIG, type ModelsConfig } from '../models/models.config.js';
import { placed } from '../rules/placed.js';
import { type Answered, ModelCallsService } from '../spending/model-calls.service.js';
import { StepFailure } from '../spending/step-failure.js';
import { Consolidation, Notes } from './answer-schema.js';
import { ConsolidatedPagesService } from './consolidated-pages.service.js';
import type { TakenJob } from './consolidation-jobs.repository.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { CHARS_PER_TOKEN, evidenceParts } from './evidence-parts.js';
import { CONSOLIDATION_INSTRUCTIONS, NOTES_INSTRUCTIONS, notesPrompt, partPrompt } from './prompts.js';
import { supportedSession } from './supported-session.js';

/** A note as JSON, about. */
const NOTE_CHARS = 400;
const NOTE_CHARS_MAX = 300;

type Note = Notes['notes'][number];

/** Turns what a session has shown into pages, by a language model; whatever it says that the session doesn't show is dropped. */
@Injectable()
export class ConsolidationService {
  constructor(
    private readonly bus: Bus,
    private readonly settings: ModelSettingsService,
    private readonly calls: ModelCallsService,
    private readonly pages: ConsolidatedPagesService,
    private readonly handoffs: HandoffsService,
    @Inject(MODELS_CONFIG) private readonly config: ModelsConfig,
  ) {}

  /** Resolves with what there is to say of a job that is done. Throws a StepFailure where no model answered. Doing it twice gives the same. */
  async consolidate(scope: TenantScope, job: TakenJob): Promise<string | null> {
    const models = await this.settings.effective(scope);
    if (!models.isEnabled || models.endpoints.length === 0) return 'no language model is configured';
    const { session } = await this.bus.ask(scope, ReadSession, { sessionId: job.sessionId });
    const evidence = await this.evidence(scope, job);
    if (evidence.length === 0) return 'the session holds nothing to consolidate';
    const { answer, model } = await this.answer(scope, models, job, evidence);
    const found = supportedSession(answer, new Map(evidence.map((each) => [each.event, each])));
    await this.pages.write(scope, session, job, found, model);
    await this.handoffs.refine(scope, job.sessionId, {
      summary: found.summary.map(({ text }) => text).join(' '), openQuestions: found.openQuestions.map(({ text }) => text), nextSteps: found.nextSteps.map(({ text }) => text),
    });
    return null;
  }

  /** Where a model finds a prompt too long, it gets one half as long, once. */
  private async answer(scope: TenantScope, models: EffectiveModels, job: TakenJob, evidence: readonly Evidence[]): Promise<Answered<Consolidation>> {
    const tokensMax = this.config.AI_MEMORY_LLM_INPUT_TOKENS_MAX;
    try {
      return await this.answerWithin(tokensMax, scope, models, job, evidence);
    } catch (error) {
      if (!(error instanceof StepFailure) || error.kind !== 'too-long') throw error;
      return this.answerWithin(Math.floor(tokensMax / 2), scope, models, job, evidence);
    }
  }

  private async answerWithin(tokensMax: number, scope: TenantScope, models: EffectiveModels, job: TakenJob, evidence: readonly Evidence[]): Promise<Answered<Consolidation>> {
    const parts = evidenceParts(evidence, tokensMax);
    const prompt = parts.length === 1 ? partPrompt(parts[0]!, 0, 1) : notesPrompt(await this.notes(parts, tokensMax, scope, models, job));
    return this.calls.ask(scope, models, { ...job, step: `session, ${parts.length} parts of ${tokensMax}` }, { instructions: CONSOLIDATION_INSTRUCTIONS, prompt, schema: Consolidation });
  }

  /** Each part is asked once and its notes are kept: a crash after the third costs no more than the fourth. */
  private async notes(parts: readonly string[], tokensMax: number, scope: TenantScope, models: EffectiveModels, job: TakenJob): Promise<Note[]> {
    const notesMax = Math.floor((tokensMax * CHARS_PER_TOKEN) / NOTE_CHARS / parts.length);
    const all: Note[] = [];
    for (const [index, part] of parts.entries()) {
      const call = { instructions: NOTES_INSTRUCTIONS, prompt: partPrompt(part, index, parts.length), schema: Notes };
      const { answer } = await this.calls.ask(scope, models, { ...job, step: `notes ${index + 1} of ${parts.length} of ${tokensMax}` }, call);
      all.push(...answer.notes.slice(0, notesMax).map((note) => ({ ...note, text: note.text.slice(0, NOTE_CHARS_MAX), events: note.events.slice(0, 5) })));
    }
    return all;
  }

  private async evidence(scope: TenantScope, job: TakenJob): Promise<Evidence[]> {
    const evidence: Evidence[] = [];
    for await (const each of placed(readTimeline(this.bus, scope, job))) {
      const said = evidenceOf(each);
      if (said) evidence.push(said);
    }
    return evidence;
  }
}
