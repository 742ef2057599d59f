import { defineFault } from '#libs/faults';

export const WEB_NOT_BUILT = defineFault('web.not-built', 'unavailable', 'This server runs without its web pages: they were not built. The API answers below /api/v1.');
