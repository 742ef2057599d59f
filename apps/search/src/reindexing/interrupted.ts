/** Building an index ends here for now, and nothing is wrong: the process stops, another one goes on, or a purge has it begin anew. */
export class Interrupted extends Error {}
