export type DiscoverySnapshot =
  | FixedDiscovery
  | DnsDiscovery
  | UrlDiscovery
  | KubernetesDiscovery
  | NacosDiscovery

export interface FixedDiscovery {
  readonly type: 'fixed'
  /** IP addresses, without brackets. */
  readonly addresses: ReadonlyArray<{ readonly host: string; readonly port: number; readonly weight: number }>
}

export interface DnsDiscovery {
  readonly type: 'dns'
  readonly names: ReadonlyArray<{ readonly host: string; readonly port: number }>
}

/** One HTTP trigger of a function, base path included. */
export interface UrlDiscovery {
  readonly type: 'url'
  readonly url: string
}

export interface KubernetesDiscovery {
  readonly type: 'kubernetes'
  readonly cluster: KubernetesAccess
  readonly namespace: string
  readonly service: string
  /** A port's number, or its name. */
  readonly port: string
}

/** How to speak to an API server. */
export type KubernetesAccess =
  /** The pod's own service account, of the node that asks. */
  | { readonly kind: 'in-cluster'; readonly sourceId: string }
  | {
      readonly kind: 'server'
      readonly sourceId: string
      readonly url: string
      /** PEM; null: the system's authorities. */
      readonly ca: string | null
      readonly serverName: string | null
      readonly credential: /** Secret. */
        | { readonly type: 'token'; readonly token: string }
        /** Secret. PEM. */
        | { readonly type: 'certificate'; readonly certificate: string; readonly key: string }
        /** Secret. */
        | { readonly type: 'basic'; readonly username: string; readonly password: string }
        | { readonly type: 'none' }
    }

export interface NacosDiscovery {
  readonly type: 'nacos'
  readonly cluster: NacosAccess
  readonly group: string
  readonly service: string
}

export interface NacosAccess {
  readonly sourceId: string
  /** Servers of one cluster: `http://10.0.0.9:8848`. */
  readonly servers: readonly string[]
  /** Empty: `public`. */
  readonly namespace: string
  readonly username: string | null
  /** Secret. */
  readonly password: string | null
}
