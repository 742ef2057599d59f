/**
 * Of all that decides under which terms a document stands in the index: how texts are split and stemmed, what is left out. Whoever
 * changes what is found in documents that were indexed before raises it; each project is then indexed anew. How segments are laid
 * out is none of it: those of before are written anew by the merging job.
 */
export const INDEX_VERSION = 2;
