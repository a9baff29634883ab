import type { GatewayType, ServiceTokenSnapshot } from '@/lib/snapshot/snapshot.ts'
import type { GatewayDocument, InferenceServiceDocument } from './documents.ts'

/** Everything that one gateway's snapshot is made of, read in one transaction, secrets opened. */
export interface GatewayRows {
  readonly gateway: {
    readonly id: string
    readonly name: string
    readonly type: GatewayType
    readonly revision: number
    readonly document: GatewayDocument
  }
  readonly hosts: { readonly internet: readonly string[]; readonly vpc: readonly string[] }
  readonly services: readonly ServiceRows[]
}

export interface ServiceRows {
  readonly id: string
  readonly document: Omit<InferenceServiceDocument, 'upstreamCredentialSealed'>
  /** Secret. */
  readonly upstreamCredential: string | null
  readonly tokens: readonly ServiceTokenSnapshot[]
}
