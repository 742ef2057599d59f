import { Module } from '@nestjs/common';
import { AdmissionModule } from './admission/admission.module.js';
import { ArchivesModule } from './archives/archives.module.js';
import { ErasingModule } from './erasing/erasing.module.js';
import { ExportingModule } from './exporting/exporting.module.js';
import { PagesModule } from './pages/pages.module.js';
import { PurgingModule } from './purging/purging.module.js';
import { RelatedModule } from './related/related.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { ReviewModule } from './review/review.module.js';
import { TransportModule } from './transport/transport.module.js';

/** Keeps pages in git. */
@Module({ imports: [AdmissionModule, PagesModule, RelatedModule, ReviewModule, PurgingModule, RetentionModule, TransportModule, ArchivesModule, ErasingModule, ExportingModule] })
export class WikiGitModule {}
