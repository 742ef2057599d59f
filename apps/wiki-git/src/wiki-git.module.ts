import { Module } from '@nestjs/common';
import { PagesModule } from './pages/pages.module.js';

/** Keeps pages in git. */
@Module({ imports: [PagesModule] })
export class WikiGitModule {}
