import { Controller, Get } from '@nestjs/common';
import { PRODUCT_VERSION } from '#libs/runtime';
import { Requires } from '../auth/requires.js';
import { API_CONTROLLERS } from './api-controllers.js';
import { type OpenApiDocument, openApiDocument } from './openapi.js';
import { routeTable } from './route-table.js';

const DOCUMENT = openApiDocument(routeTable(API_CONTROLLERS), PRODUCT_VERSION);

@Controller()
export class OpenApiController {
  @Requires('public')
  @Get('openapi.json')
  read(): OpenApiDocument {
    return DOCUMENT;
  }
}
