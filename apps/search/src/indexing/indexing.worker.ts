import '../threads/low-priority.js';

/** Runs in a thread of its own (documents.service.ts). */
export { findWords, prepareDocuments } from './prepared-documents.js';
