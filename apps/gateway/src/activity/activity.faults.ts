import { defineFault } from '#libs/faults';

export const STREAMS_FULL = defineFault('activity.streams-full', 'limited', 'Too many streams of activity are open. Close one, or ask GET /api/v1/activity from time to time.');
