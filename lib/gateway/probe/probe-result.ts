/** How a service is tried, as `lib/domain/upstream-service.ts` has it. */
export interface ProbeInput {
  /** Null where the service has no models. */
  readonly model: string | null
  readonly prompt: string
  readonly stream: boolean
  /** Of addresses: asked for by GET; null: a chat. */
  readonly path: string | null
  /** Only this key; null: as traffic would. */
  readonly keyId: string | null
}

/** What came of it, as `lib/domain/upstream-service.ts` has it. */
export interface ProbeResult {
  readonly ok: boolean
  readonly status: number | null
  readonly durationMs: number
  readonly firstTokenMs: number | null
  readonly requestId: string
  readonly errorSource: 'client' | 'gateway' | 'upstream' | null
  readonly message: string | null
  readonly modelAsked: string | null
  readonly modelAnswered: string | null
  readonly text: string
  readonly usage: { readonly input: number | null; readonly output: number | null } | null
  readonly url: string | null
}

/** Nothing was sent, or nothing came back. */
export function failedBefore(message: string, modelAsked: string | null, requestId: string): ProbeResult {
  return {
    ok: false,
    status: null,
    durationMs: 0,
    firstTokenMs: null,
    requestId,
    errorSource: 'upstream',
    message,
    modelAsked,
    modelAnswered: null,
    text: '',
    usage: null,
    url: null,
  }
}
