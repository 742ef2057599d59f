import { Module } from '@nestjs/common';
import { PagesModule } from './pages/pages.module.js';
import { PurgingModule } from './purging/purging.module.js';
import { TransportModule } from './transport/transport.module.js';

/** Keeps pages in git. */
@Module({ imports: [PagesModule, PurgingModule, TransportModule] })
export class WikiGitModule {}
