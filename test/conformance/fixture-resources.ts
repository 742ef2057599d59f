import { type ReadResourceResult, ResourceNotFoundError, type Server } from '@modelcontextprotocol/server';
import { PIXEL } from './fixture-media.js';

const TEMPLATE = /^test:\/\/template\/([^/]+)\/data$/;
const DESCRIPTION = 'A fixture of the conformance suite.';

const CONTENTS: readonly ReadResourceResult['contents'][number][] = [
  { uri: 'test://static-text', mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  { uri: 'test://static-binary', mimeType: 'image/png', blob: PIXEL },
  { uri: 'test://watched-resource', mimeType: 'text/plain', text: 'Watched resource content.' },
];

function read(uri: string): ReadResourceResult {
  const found = CONTENTS.find((each) => each.uri === uri);
  if (found) return { contents: [found] };
  const id = TEMPLATE.exec(uri)?.[1];
  if (id === undefined) throw new ResourceNotFoundError(uri);
  return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) }] };
}

export function offerResources(server: Server): void {
  server.setRequestHandler('resources/list', () => ({ resources: CONTENTS.map(({ uri, mimeType }) => ({ uri, name: uri, description: DESCRIPTION, mimeType })) }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template', description: DESCRIPTION, mimeType: 'application/json' }] }));
  server.setRequestHandler('resources/read', ({ params }) => read(params.uri));
}
