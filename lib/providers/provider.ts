import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'
import type { WireFormat } from '@/lib/protocols/codec.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** What a service says of its provider. */
export interface ProviderSettings {
  readonly protocol: 'openai' | 'native'
  /** As typed, without a slash at the end. */
  readonly baseUrl: string
  /** By the manifest's option names. */
  readonly options: Readonly<Record<string, string>>
}

/** What an adapter may use of the world. */
export interface ProviderTools {
  /** Milliseconds since the epoch. */
  now(): number
  /** One short request within the egress policy, for tokens; bounded in time and size. Rejects when no answer comes. */
  fetch(request: SideRequest): Promise<SideAnswer>
}
export interface SideRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly body: Buffer | null
}
export interface SideAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface Provider {
  readonly manifest: ProviderManifest
  /** Prepares everything that requests share. Throws `ProviderSettingsError` on settings that cannot work. */
  prepare(settings: ProviderSettings, tools: ProviderTools): PreparedProvider
}

export class ProviderSettingsError extends Error {
  override readonly name = 'ProviderSettingsError'
  /** `baseUrl`, `options.region`, `apiKeys`. */
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

/** A provider with settings; the same for all requests of a service. */
export interface PreparedProvider {
  /** The formats it answers, at most one route each. The first chat format is what others are converted to. */
  readonly routes: readonly ProviderRoute[]
  /** Where OpenAI's own paths (`/v1/files/…`) lead, for operations without a format; null where there are none. */
  readonly relay: ProviderRelay | null
  /** Where paths of Model Studio's own API (`/api/v1/…`, `/api-ws/v1/…`) lead; absent where there are none. */
  readonly modelStudioRelay?: ProviderRelay
  /** How to ask for the models; null where the provider cannot be asked. */
  readonly models: ModelList | null
  /** One key, prepared. Throws `ProviderSettingsError` on one that has not its form. */
  credential(secret: string): Credential
  /** What to do about an error of this provider, in one sentence; null where there is nothing to add. */
  explain(failure: ProtocolFailure): string | null
}

export interface ProviderRelay {
  readonly origin: string
  /** Path and query. */
  path(asCalled: string): string
}

export interface RouteCall {
  /** As the provider knows it. */
  readonly model: string
  readonly stream: boolean
  readonly body: JsonObject
}

export interface ProviderRoute {
  readonly format: WireFormat
  /** `https://api.example.com` */
  readonly origin: string
  /** Path and query. */
  path(call: RouteCall): string
  /** Sent besides, names and values in turn; only depends on whether a stream is asked for. */
  headers(call: RouteCall): readonly string[]
  /** Changes the body in place: extra fields, names that this provider spells otherwise. Null: it goes as it is. */
  readonly prepareBody: ((call: RouteCall) => void) | null
}

export interface ModelList {
  readonly origin: string
  readonly path: string
  readonly headers: readonly string[]
  read(body: JsonObject): readonly string[]
}

/** A request as it will be sent, but for what authenticates it. */
export interface UnsignedRequest {
  readonly method: string
  /** Host and port as in the `Host` header. */
  readonly host: string
  /** Path and query. */
  readonly path: string
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[]
  readonly body: Buffer | null
}

/** What authenticates one request. */
export interface Authorization {
  /** Names and values in turn. */
  readonly headers: readonly string[]
  /** Added to the query, written and escaped; empty: nothing. */
  readonly query: string
  /** Sent instead of the path, where only the key knows a part of it (Vertex's project); absent: the path stays. */
  readonly path?: string
}

/** Prepared once for each key; a promise only where a token must be fetched first. Rejects with a `CredentialError`. */
export interface Credential {
  authorize(request: UnsignedRequest): Authorization | Promise<Authorization>
}

/** The key itself was refused, or no token could be had for it. The message is safe to show and holds no secret. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError'
  /** True: the key is wrong; false: the token server could not be asked. */
  readonly isRefused: boolean

  constructor(message: string, isRefused: boolean, options?: ErrorOptions) {
    super(message, options)
    this.isRefused = isRefused
  }
}
