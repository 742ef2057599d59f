import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Fault, NOT_FOUND } from '#libs/faults';
import { Requires } from '../auth/requires.js';
import type { BuiltFile, Encoding } from './built-files.js';
import { ASSET_HEADERS, DOCUMENT_HEADERS } from './content-security.js';
import { WEB_NOT_BUILT } from './web.faults.js';

export const WEB_FILES = Symbol('web files');

/** Below these the web draws its own pages; every other path is another edge's. */
export const WEB_PATHS = ['', 'w/{*path}', 'search', 'system', 'setup', 'admin{/*path}', 'account/tokens'];

/** The web's files. The same for everybody: they hold nothing of any tenant, and ask the API like any other client. */
@Controller()
export class WebController {
  constructor(@Inject(WEB_FILES) private readonly files: ReadonlyMap<string, BuiltFile>) {}

  @Requires('public')
  @Get(WEB_PATHS)
  show(@Req() request: Request, @Res() response: Response): void {
    const document = this.files.get('index.html');
    if (!document) throw new Fault(WEB_NOT_BUILT);
    answer(request, response.set(DOCUMENT_HEADERS), document);
  }

  @Requires('public')
  @Get('assets/:file')
  asset(@Param('file') name: string, @Req() request: Request, @Res() response: Response): void {
    const file = this.files.get(`assets/${name}`);
    if (!file) throw new Fault(NOT_FOUND, { sentence: 'There is no such file in this version. Load the page again.' });
    answer(request, response.set(ASSET_HEADERS), file);
  }
}

function answer(request: Request, response: Response, { mediaType, hash, forms }: BuiltFile): void {
  const encoding = (request.acceptsEncodings([...forms.keys()]) || 'identity') as Encoding;
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  // Express answers 304 where the browser has it.
  response.set({ 'Content-Type': mediaType, ETag: `"${hash}-${encoding}"` }).vary('Accept-Encoding').send(forms.get(encoding));
}
