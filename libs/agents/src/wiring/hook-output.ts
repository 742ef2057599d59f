import { fold } from '../reading/fields.js';
import { profileOf } from '../registry.js';

/**
 * What a hook has to print for an agent to take the Markdown in, exactly, without a line end; for empty Markdown, what the
 * agent wants to hear where there is nothing to say. Empty where it wants to hear nothing.
 */
export function hookOutput(agent: string, event: string, markdown: string): string {
  const answers = profileOf(agent)?.answers;
  if (!answers) return '';
  const form = markdown === '' ? undefined : find(answers.context, event);
  if (form) return form.value(markdown, form.name);
  return find(answers.neutral ?? {}, event)?.value ?? answers.neutral?.['*'] ?? '';
}

/** The event whose answer brings the handoff to this agent. Null for an agent that takes nothing from hooks. */
export function handoffEvent(agent: string): string | null {
  return profileOf(agent)?.answers?.handoffEvent ?? null;
}

function find<T>(byEvent: Readonly<Record<string, T>>, event: string): { name: string; value: T } | undefined {
  const found = Object.entries(byEvent).find(([name]) => fold(name) === fold(event));
  return found && { name: found[0], value: found[1] };
}
