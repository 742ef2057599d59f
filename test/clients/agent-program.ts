/** A real agent: how it comes here, and what a person who uses it headless has in their home and environment. */
export interface AgentProgram {
  /** As `ai-memory` calls it. */
  agent: string;
  /** What people type. */
  command: string;
  /** From npm, with their exact versions; of native programs the package that holds the program itself. */
  packages: readonly string[];
  /** The program, below `node_modules`. */
  path: string;
  /** Its settings before ours, by path below the home folder: with a model's provider, without updates and telemetry. */
  files(modelUrl: string): Readonly<Record<string, string>>;
  /** Folders below `node_modules` that it would fetch at its first start, and where it has them in the home folder. */
  fetched?: { packages: readonly string[]; folder: string };
  env(modelUrl: string): Readonly<Record<string, string>>;
  /** Arguments of a session that ends after one prompt. */
  args(prompt: string): readonly string[];
  /** How it names the tools that the script has it call. */
  tools: readonly string[];
  /** Settings that it writes anew itself while it works: JSON. */
  rewrites: readonly string[];
}
