import type { ConsumerDocument } from './consumer-config.ts'

/**
 * What history shows of objects that a snapshot is made of besides services and the gateway itself. Bringing a
 * revision back leaves them as they are: others may use them by now.
 */

export interface VpcDocument {
  readonly name: string
  readonly cidrs: readonly string[]
  /** Of the workspace that owns it, where it is another's than the gateway's. */
  readonly consent?: string
}

export interface SecurityGroupDocument {
  readonly name: string
  readonly rules: readonly object[]
}

/** Neither chain nor key: history tells which certificate it was. */
export interface CertificateDocument {
  readonly name: string
  readonly names: readonly string[]
  readonly fingerprint: string
  readonly notAfter: string
}

export interface DomainDocument {
  readonly name: string
  readonly side: string
  readonly protocol: string
  readonly certificateId: string | null
  readonly automaticCertificate: boolean
  readonly forceHttps: boolean
  readonly vpcId: string | null
  /** Challenges of an order that the gateway answers; left out: none. */
  readonly acmeChallenges?: number
}

export type HistoryDocument =
  | VpcDocument
  | SecurityGroupDocument
  | CertificateDocument
  | DomainDocument
  | ConsumerDocument
export type HistoryKind = 'vpc' | 'security-group' | 'certificate' | 'domain' | 'consumer'
