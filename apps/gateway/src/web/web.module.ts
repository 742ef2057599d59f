import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { builtFiles } from './built-files.js';
import { WEB_FILES, WebController } from './web.controller.js';

/** Where `scripts/build-web.mjs` puts them, beside what is built of this app. */
const FOLDER = fileURLToPath(new URL('../../../web/public/', import.meta.url));

/** Hands out the web: files of `apps/web`, as built. */
@Module({ controllers: [WebController], providers: [{ provide: WEB_FILES, useFactory: () => builtFiles(FOLDER) }] })
export class WebModule {}
