/** A day is over when it is: there is no hour of the night in which a test would wait for its report. */
const REPORTS = { AI_MEMORY_REPORT_HOUR: '0' };
/** Nothing is called unless a test names a model: these are bounds within which a stub on loopback can be called, and a long session is short. */
const LLM = { AI_MEMORY_LLM_ALLOW_PRIVATE_URLS: '1', AI_MEMORY_LLM_TIMEOUT_SECONDS: '2', AI_MEMORY_LLM_INPUT_TOKENS_MAX: '2500' };

/** An organisation may name an identity provider of a test. */
const SIGN_ON = { AI_MEMORY_PRIVATE_HOSTS: '127.0.0.1' };

/** Tests ask again and again until something is so, as no person does. The limits that tests are about they set themselves. */
const LIMITS = { AI_MEMORY_LIMITS: JSON.stringify(Object.fromEntries(['token', 'user', 'organisation'].map((subject) => [subject, { requests: 1e6, events: 1e7, searches: 1e6 }]))) };

/** With what the product runs that all system tests share. */
export const PRODUCT_SETTINGS: Readonly<Record<string, string>> = { ...LLM, ...REPORTS, ...SIGN_ON, ...LIMITS };
