import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { AdvertiseRefs, ContinueFetch, FetchPack, type OutputOf, type ParsedInputOf, ReceivePush, StagePush } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { RepositoryStore } from '../repositories/repository-store.js';
import { requireWriter } from '../repositories/require-writer.js';
import { FetchService } from './fetch.service.js';
import { pushAdvertisement } from './push-answer.js';
import { PushService } from './push.service.js';
import { StagedPushes } from './staged-pushes.service.js';

@Controller()
export class TransportHandlers {
  constructor(private readonly store: RepositoryStore, private readonly fetches: FetchService, private readonly staged: StagedPushes, private readonly pushes: PushService) {}

  @Serves(AdvertiseRefs)
  async advertise(scope: TenantScope, { projectId, service, isVersion2 }: ParsedInputOf<typeof AdvertiseRefs>): Promise<OutputOf<typeof AdvertiseRefs>> {
    // A git shows why only here, before it has sent anything.
    if (service === 'git-receive-pack') requireWriter(scope, projectId);
    const repository = await this.store.readable({ organisationId: scope.organisationId, projectId });
    const data = service === 'git-upload-pack' ? await this.fetches.advertisement(repository, isVersion2) : pushAdvertisement(await repository.tip());
    return { data: data.toString('base64') };
  }

  @Serves(FetchPack)
  async fetch(scope: TenantScope, { projectId, isVersion2, request }: ParsedInputOf<typeof FetchPack>): Promise<OutputOf<typeof FetchPack>> {
    const { data, isLast, transferId } = await this.fetches.begin(scope, projectId, isVersion2, Buffer.from(request, 'base64'));
    return { data: data.toString('base64'), transferId: isLast ? null : transferId };
  }

  @Serves(ContinueFetch)
  async continueFetch(scope: TenantScope, { projectId, transferId }: ParsedInputOf<typeof ContinueFetch>): Promise<OutputOf<typeof ContinueFetch>> {
    const { data, isLast } = await this.fetches.next(scope, projectId, transferId);
    return { data: data.toString('base64'), isLast };
  }

  @Serves(StagePush)
  async stage(scope: TenantScope, { projectId, transferId, offset, data }: ParsedInputOf<typeof StagePush>): Promise<OutputOf<typeof StagePush>> {
    await this.staged.append(scope, projectId, transferId, offset, Buffer.from(data, 'base64'));
    return {};
  }

  @Serves(ReceivePush)
  async receive(scope: TenantScope, { projectId, projectName, transferId }: ParsedInputOf<typeof ReceivePush>): Promise<OutputOf<typeof ReceivePush>> {
    const report = await this.staged.take(scope, projectId, transferId, (file) => this.pushes.receive(scope, { projectId, projectName }, file));
    return { report: report.toString('base64') };
  }
}
