const ENTRIES_MAX = 4_096;

export interface SessionProject {
  workspaceId: string;
  projectId: string;
}

/** Where running sessions belong, so that an event costs no lookup. Least recently used ones are forgotten; nothing here is truth. */
export class SessionProjects {
  private readonly entries = new Map<string, SessionProject>();

  get(key: string): SessionProject | undefined {
    const entry = this.entries.get(key);
    if (entry) {
      this.entries.delete(key);
      this.entries.set(key, entry);
    }
    return entry;
  }

  set(key: string, entry: SessionProject): void {
    this.entries.delete(key);
    if (this.entries.size >= ENTRIES_MAX) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(key, entry);
  }
}
