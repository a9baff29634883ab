import type { BuiltService } from '@/lib/gateway/runtime/built-service.ts'
import type { ConsumerIndex } from '@/lib/gateway/runtime/consumers/consumer-index.ts'
import type { ModelApiRuntime, PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { ModelApiTable } from '@/lib/gateway/runtime/model-api-table.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/** Services of the AI gateway and the Model APIs that route to them, of one snapshot. */
export interface AiGateway {
  /** By their text, retained. */
  readonly services: Map<string, BuiltService<UpstreamServiceRuntime>>
  /** By their text. */
  readonly apis: Map<string, ModelApiRuntime>
  readonly consumers: ConsumerIndex
  /** By the API's id. */
  readonly published: ReadonlyMap<string, PublishedApi>
  readonly tables: Readonly<Record<GatewaySide, ModelApiTable>>
}
