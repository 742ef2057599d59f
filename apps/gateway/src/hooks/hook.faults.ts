import { defineFault } from '#libs/faults';

export const EVENT_MISSING = defineFault('hook.event-missing', 'invalid', 'Which event? Pass it as the query parameter "event", or as "hook_event_name" in the body.');
export const BODY_NOT_OBJECT = defineFault('hook.body-not-object', 'invalid', 'The body must be a JSON object: the payload as the agent gave it to its hook.');
export const BATCH_NOT_ARRAY = defineFault('hook.batch-not-array', 'invalid', 'The body must be a JSON array of {"url": "…/hook?event=…", "body": {…}}.');
export const BATCH_TOO_LONG = defineFault('hook.batch-too-long', 'too-large', 'A batch holds at most 256 events. Send the rest in the next one.');
export const SATURATED = defineFault('hook.saturated', 'limited', 'The hook queue is full. Keep the event and send it again.');
