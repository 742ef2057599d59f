/**
 * Of all that decides how a document stands in the index: how texts are split and stemmed, what is left out, how segments are
 * laid out. Whoever changes what is found in documents that were indexed before raises it; each project is then indexed anew.
 */
export const INDEX_VERSION = 2;
