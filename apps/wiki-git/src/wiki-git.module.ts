import { Module } from '@nestjs/common';
import { PagesModule } from './pages/pages.module.js';
import { ReviewModule } from './review/review.module.js';
import { TransportModule } from './transport/transport.module.js';

/** Keeps pages in git. */
@Module({ imports: [PagesModule, ReviewModule, TransportModule] })
export class WikiGitModule {}
