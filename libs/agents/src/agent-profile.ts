import type { ObservationKind, ToolFamily } from '#libs/contracts';
import type { History } from './history/history.js';
import type { Fields, JsonObject } from './reading/fields.js';
import type { HookAnswers } from './wiring/context-forms.js';
import type { Wiring } from './wiring/wiring.js';

/**
 * All that is particular to one coding agent. What the agents have in common (the event names of the wire, how fields
 * are spelt, where they are nested) is in `reading/`. Event and tool names match in any spelling: `PreToolUse`,
 * `pre_tool_use` and `pre-tool-use` are one name.
 */
export interface AgentProfile {
  /** The label on the wire and in the store: lowercase kebab, never changed. */
  readonly name: string;
  /** For people. */
  readonly label: string;
  /** Other labels that clients are known to send for it. */
  readonly aliases?: readonly string[];
  /** Its own event names, by what they mean. One name means the same for every agent. */
  readonly events?: Partial<Record<ObservationKind, readonly string[]>>;
  /** Events without anything for a reader that repeat per token or model call, or repeat what another event says. */
  readonly noise?: readonly string[];
  /** For events that are noise only with certain bodies. */
  readonly isNoise?: (kind: ObservationKind, scopes: readonly Fields[]) => boolean;
  /** Its own tools, by family; the common ones are in `reading/tool-families.ts`. */
  readonly tools?: Partial<Record<ToolFamily, readonly string[]>>;
  /** True for tools whose failed calls have an event or a field of their own, or no event at all: any other is a success. */
  readonly isFailureExplicit?: (family: ToolFamily) => boolean;
  /** True for a body that only this agent sends, whoever's hook configuration it has borrowed. */
  readonly isSender?: (body: JsonObject) => boolean;
  /** Brings a body of the agent's own shape into the common one: flat, with `tool_name`, `tool_input`, `tool_response`. */
  readonly unwrap?: (body: JsonObject) => JsonObject;
  /** Its configuration files and how we put ourselves into them. Missing where nobody has written that down yet. */
  readonly wiring?: Wiring;
  /** What it reads from a hook's stdout, or from our plugin. Missing where that is nothing. */
  readonly answers?: HookAnswers;
  /** What it keeps of its sessions, for an import. Missing where nobody has written that down yet. */
  readonly history?: History;
}
