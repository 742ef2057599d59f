import { Controller, Get, Header } from '@nestjs/common';
import { PRODUCT_VERSION } from '#libs/runtime';
import { Requires } from '../auth/requires.js';
import { FRONT_PAGE_POLICY, frontPage } from './front-page.js';

const PAGE = frontPage(PRODUCT_VERSION);

@Controller()
export class FrontPageController {
  @Requires('public')
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', FRONT_PAGE_POLICY)
  read(): string {
    return PAGE;
  }
}
