import { defineFault } from '#libs/faults';

export const ROUTE_UNKNOWN = defineFault('http.route-unknown', 'not-found', 'There is no such route. See /openapi.json.');
export const REQUEST_INVALID = defineFault('http.request-invalid', 'invalid', 'The request could not be understood.');
export const URL_INVALID = defineFault('http.url-invalid', 'invalid', 'The URL is not valid. Check its percent-encoding.');
export const JSON_INVALID = defineFault('http.json-invalid', 'invalid', 'The body is not valid JSON.');
export const JSON_NEEDED = defineFault('http.json-needed', 'invalid', 'Send a JSON object as the body, with Content-Type: application/json.');
export const MEDIA_TYPE_WRONG = defineFault('http.media-type-wrong', 'invalid', 'The body has not the media type that is wanted here.');
export const BODY_UNREADABLE = defineFault('http.body-unreadable', 'invalid', 'The body could not be read. Check Content-Type, Content-Encoding and Content-Length.');
export const BODY_TOO_LARGE = defineFault('http.body-too-large', 'too-large', 'The body is too large.');
