import type { Observation } from '#libs/contracts';
import { ActionPairing, type Action } from './actions.js';
import { commandOutcome } from './command-outcome.js';
import { CommandLedger } from './commands.js';
import { Decisions, decisionsOfAgent, decisionsOfUser } from './decisions.js';
import { FileLedger, isChange } from './files.js';
import { filesNamedIn } from './files-named.js';
import { GitFacts } from './git-facts.js';
import { GoalFinder } from './goal.js';
import { HowTos } from './how-tos.js';
import { closingQuestion } from './message-endings.js';
import { leadOf } from './message-lead.js';
import { Plan } from './plan.js';
import { readPrompt, type Prompt } from './prompts.js';
import type { Story } from './story.js';
import { TaskNames } from './task-names.js';
import type { Turn } from './turn.js';
import { Turns } from './turns.js';
import { withoutScaffolding } from './scaffolding.js';

const LEAD_CHARS_MAX = 420;
const MESSAGE_CHARS_MAX = 16_384;
/** A shorter reply to thanks or an "ok" is only polite, where the agent had not asked and did nothing in between. */
const COURTESY_CHARS_MAX = 120;
/** What some editors leave at the end of an answer that the person stopped. */
const CANCELLED = /(?:^|\n)\s*cancell?ed\.?\s*(?:---\s*)?$/i;

/**
 * Takes in a session's observations one by one, in the order of the story, and remembers a bounded amount of each kind,
 * so that memory does not grow with the session.
 */
export class SessionDigest {
  readonly #goals = new GoalFinder();
  readonly #turns = new Turns();
  readonly #decisions = new Decisions();
  readonly #files: FileLedger;
  readonly #commands = new CommandLedger();
  readonly #git = new GitFacts();
  readonly #plan = new Plan();
  readonly #howTos = new HowTos();
  readonly #taskNames = new TaskNames();
  readonly #pairing = new ActionPairing();
  #place = 0;
  #prompts = 0;
  #actions = 0;
  #lastAt = '';
  #lastMessage = '';
  #lastMessagePlace = 0;
  #isLastAskAnswered = false;
  /** What the user agreed or refused with, while nothing has come after it. */
  #acknowledgement = '';
  #isInterrupted = false;
  /** True once there is an event that makes a session more than its own start and end. */
  #isSubstantial = false;

  constructor(cwd: string | null) {
    this.#files = new FileLedger(cwd);
  }

  add(observation: Observation, place: number): void {
    this.#place = place;
    this.#lastAt = observation.occurredAt;
    const { tool } = observation;
    switch (observation.kind) {
      case 'user-prompt':
        return this.#addPrompt(observation);
      case 'pre-tool-use':
        this.#isSubstantial = true;
        if (tool !== undefined) for (const action of this.#pairing.start({ ...observation, tool }, this.#place)) this.#addAction(action);
        return;
      case 'post-tool-use':
        this.#isSubstantial = true;
        if (tool !== undefined) this.#addAction(this.#pairing.end({ ...observation, tool }, this.#place));
        return;
      case 'stop':
        return this.#addMessage(observation);
      case 'notification':
        return this.#addNotification(observation);
      case 'pre-compact':
      case 'post-compaction':
        return this.#addCompaction(observation);
      default:
    }
  }

  /** What was found out, or null for a session in which nothing was asked and nothing done. */
  finish(): Story | null {
    if (!this.#isSubstantial) return null;
    const unfinished = this.#closeCalls();
    return {
      goal: this.#goals.goal, turns: this.#turns, decisions: this.#decisions, files: this.#files, commands: this.#commands, git: this.#git, plan: this.#plan, howTos: this.#howTos.proven,
      taskName: this.#taskNames.nameIn(this.#goals.goal?.text ?? ''),
      lastMessage: this.#lastMessage, lastMessagePlace: this.#lastMessagePlace, isLastAskAnswered: this.#isLastAskAnswered, acknowledgement: this.#acknowledgement, hasMessages: this.#lastMessage !== '',
      unfinished: unfinished.filter((action) => !action.isFinished && !action.isSubagent),
      isInterrupted: this.#isInterrupted, prompts: this.#prompts, actions: this.#actions, lastAt: this.#lastAt,
    };
  }

  #addPrompt({ body, isSubagent }: Observation): void {
    this.#isSubstantial = true;
    if (isSubagent) return;
    this.#closeCalls();
    const prompt = readPrompt(body);
    if (prompt.isInterruption) this.#interrupt();
    if (prompt.kind === 'scaffolding') return;
    this.#prompts++;
    this.#isInterrupted = false;
    this.#acknowledgement = prompt.kind === 'acknowledgement' ? prompt.text : '';
    if (prompt.kind === 'acknowledgement') return;
    this.#isLastAskAnswered = false;
    this.#goals.add(prompt, this.#place);
    this.#decisions.add(prompt.kind === 'ask' ? decisionsOfUser(prompt.text) : [], 'user', this.#place);
    if (prompt.kind === 'ask') this.#howTos.addPrompt(prompt.text, this.#place);
    this.#turns.begin(askOf(prompt), prompt.kind === 'paste', this.#place);
  }

  #addMessage({ body, sourceEvent, isSubagent }: Observation): void {
    if (isSubagent) return;
    this.#closeCalls();
    const words = withoutScaffolding(body.slice(0, MESSAGE_CHARS_MAX));
    const own = words.replace(CANCELLED, '').trim();
    const isStopped = /interrupt/i.test(sourceEvent) || own !== words;
    if (isStopped) this.#interrupt();
    if (own === '' || isStopped) return this.#noteCutShort(own);
    const isCourtesy = this.#acknowledgement !== '' && body.length <= COURTESY_CHARS_MAX && closingQuestion(this.#lastMessage) === '';
    this.#acknowledgement = '';
    if (isCourtesy) return;
    this.#lastMessage = own;
    this.#lastMessagePlace = this.#place;
    this.#isLastAskAnswered = true;
    this.#turn().setReply(leadOf(own, LEAD_CHARS_MAX), this.#place);
    this.#decisions.add(decisionsOfAgent(own), 'agent', this.#place);
    this.#files.addNamed(filesNamedIn(own), this.#place);
    this.#taskNames.addMessage(own);
  }

  /** What was said before the stop is no answer, though it may tell what was under way. */
  #noteCutShort(own: string): void {
    if (own === '') return;
    this.#turn().setReply(leadOf(own, LEAD_CHARS_MAX), this.#place);
    this.#lastMessage = own;
    this.#lastMessagePlace = this.#place;
  }

  #addNotification({ body, sourceEvent, isSubagent }: Observation): void {
    if (!isSubagent && /stop.?failure/i.test(sourceEvent)) this.#turn().note(`stopped by an error: ${body.slice(0, LEAD_CHARS_MAX)}`);
  }

  #addCompaction({ isSubagent }: Observation): void {
    if (!isSubagent) this.#turn().note('the context was compacted');
  }

  /**
   * A turn's end ends its calls. Where an agent reports the ends of calls, one that is still open was cut short or
   * refused; where it reports none, a start is all there is to know.
   */
  #closeCalls(): Action[] {
    const isFinished = !this.#pairing.hasSeenEnds;
    const calls = this.#pairing.abandon().map((action) => ({ ...action, isFinished }));
    for (const call of calls) this.#addAction(call);
    return calls;
  }

  #interrupt(): void {
    this.#isInterrupted = true;
    this.#turn().note('interrupted by the user');
  }

  #addAction(action: Action): void {
    this.#actions++;
    if (action.isFinished && !action.isSubagent) this.#resume();
    const { tool, isSubagent, isFinished, place } = action;
    const isCommand = tool.family === 'shell' && tool.command !== undefined;
    const run = isCommand && !isSubagent && isFinished ? this.#commands.add(action) : undefined;
    if (run !== undefined) this.#howTos.addRun(run);
    if (isCommand && isFinished) this.#noteGit(action, run?.hasFailed ?? commandOutcome(tool, 'git').hasFailed);
    const paths = this.#files.add(action, this.#lastAt);
    for (const path of paths) this.#taskNames.addPath(path);
    if (isChange(tool.family)) for (const path of paths) this.#commands.noteChange(path);
    if (tool.family === 'plan' && !isSubagent) this.#plan.add(tool, place);
    this.#turn(place).add(action, paths, run);
  }

  /** Work after an answer opens the ask again until the next answer. */
  #resume(): void {
    this.#acknowledgement = '';
    this.#isLastAskAnswered = false;
  }

  #noteGit({ tool, place }: Action, hasFailed: boolean): void {
    if (!hasFailed) this.#files.addStaged(this.#git.add(tool, place, this.#lastAt), place, this.#lastAt);
  }

  /** The turn that is under way; what comes before the first ask gets one without words. */
  #turn(place = this.#place): Turn {
    return this.#turns.current ?? this.#turns.begin('', false, place);
  }
}

function askOf(prompt: Prompt): string {
  if (prompt.kind !== 'paste') return prompt.text;
  return commandOutcome({ name: '', family: 'shell', outcome: 'error', excerpt: prompt.text }, 'run').reason;
}
