import type { Operation } from '@/lib/gateway/runtime/model-operations.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import { RollupSlot } from '@/lib/gateway/stages/observe/rollup-slot.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

/** A Model API with everything prepared that a request would otherwise have to look up or parse. */
export class ModelApiRuntime {
  readonly line: string
  readonly id: string
  readonly name: string
  readonly protocol: ModelApiSnapshot['protocol']
  readonly domains: readonly string[]
  readonly basePath: string
  readonly removeBasePath: boolean
  readonly target: ModelApiSnapshot['target']
  readonly firstPacketTimeoutMs: number
  readonly operations: readonly Operation[]
  /** Where its requests are summed up. */
  readonly rollups = new RollupSlot()

  constructor(line: string, api: ModelApiSnapshot, operations: readonly Operation[]) {
    this.line = line
    this.id = api.id
    this.name = api.name
    this.protocol = api.protocol
    this.domains = api.domains
    this.basePath = api.basePath
    this.removeBasePath = api.removeBasePath
    this.target = api.target
    this.firstPacketTimeoutMs = api.firstPacketTimeoutMs
    this.operations = operations
  }
}

/** A Model API and the service that it routes to, as one snapshot has them. */
export interface PublishedApi {
  readonly api: ModelApiRuntime
  readonly service: UpstreamServiceRuntime
}
