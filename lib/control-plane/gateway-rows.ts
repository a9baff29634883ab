import type {
  AcmeChallengeSnapshot,
  CertificateSnapshot,
  DomainSnapshot,
  GatewaySnapshot,
  GatewayType,
  NacosRegistrationSnapshot,
  SecurityRuleSnapshot,
  ServiceTokenSnapshot,
} from '@/lib/snapshot/snapshot.ts'
import type { UpstreamRows } from './compile-upstream.ts'
import type { ConsumerRows } from './consumer-config.ts'
import type { GatewayDocument, InferenceServiceDocument } from './documents.ts'
import type { ModelApiRows } from './model-api-config.ts'

/** Everything that one gateway's snapshot is made of, read in one transaction, secrets opened. */
export interface GatewayRows {
  readonly gateway: {
    readonly id: string
    readonly name: string
    readonly type: GatewayType
    /** Of fully managed gateways. */
    readonly spec: string | null
    readonly revision: number
    readonly internetEnabled: boolean
    readonly vpcEnabled: boolean
    readonly document: GatewayDocument
  }
  /** Secret. */
  readonly selfTestKey: string
  readonly hosts: GatewaySnapshot['hosts']
  readonly tlsPorts: GatewaySnapshot['tlsPorts']
  /** Blocks of the Internet side. */
  readonly internetWhitelist: readonly string[]
  readonly vpcLinks: readonly VpcLinkRows[]
  readonly domains: readonly DomainSnapshot[]
  /** Those of the domains; secret keys opened. */
  readonly certificates: readonly CertificateSnapshot[]
  readonly acmeChallenges: readonly AcmeChallengeSnapshot[]
  readonly services: readonly ServiceRows[]
  /** Of the AI gateway. */
  readonly upstreamServices: readonly UpstreamRows[]
  readonly modelApis: readonly ModelApiRows[]
  /** Of workspaces with an API that asks its callers who they are. */
  readonly consumers: readonly ConsumerRows[]
}

export interface VpcLinkRows {
  /** Of the VPC. */
  readonly cidrs: readonly string[]
  readonly whitelist: readonly string[]
  /** False: the VPC's workspace has not agreed. */
  readonly granted: boolean
}

export interface ServiceRows {
  readonly id: string
  readonly document: Omit<InferenceServiceDocument, 'upstreamCredentialSealed' | 'nacos'>
  /** Secret. */
  readonly upstreamCredential: string | null
  readonly securityRules: readonly SecurityRuleSnapshot[]
  /** Secret passwords opened. */
  readonly nacos: readonly NacosRegistrationSnapshot[]
  readonly tokens: readonly ServiceTokenSnapshot[]
}
