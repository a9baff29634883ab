import type { ProbeStand } from '@/lib/gateway/probe/probe-stand.ts'
import type { ProviderRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import { isHtml } from '@/lib/gateway/stages/model-call/tell-failure.ts'
import { collectAnswer } from '@/lib/gateway/upstream/collect-answer.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import type { Credential, ModelList } from '@/lib/providers/provider.ts'
import type { ProviderUpstream } from '@/lib/snapshot/upstream-service-snapshot.ts'

const answerBytesMax = 8_388_608
const modelsMax = 2_000

export interface ModelsListed {
  readonly models: string[]
  /** Why there are none. */
  readonly message: string | null
}

/** Asks a provider for its models, with one key after the other. Rejects where no answer comes. */
export async function listModels(
  stand: ProbeStand,
  provider: ProviderRuntime,
  upstream: ProviderUpstream,
  signal: AbortSignal,
): Promise<ModelsListed> {
  const list = provider.prepared.models
  if (list === null) return failed('This provider cannot be asked for its models. Write their names by hand.')
  const credentials: Array<Credential | null> = provider.keys?.keys.map(({ credential }) => credential) ?? [
    null,
  ]
  let last = failed('The provider did not answer.')
  for (const credential of credentials) {
    const answer = await ask(stand, list, upstream, credential, signal)
    last = read(answer, list, provider)
    if (answer.status !== 401 && answer.status !== 403) break
  }
  return last
}

async function ask(
  { shared, egress, connectTimeoutMs }: ProbeStand,
  { origin, path, headers: own }: ModelList,
  { baseUrl, tls }: ProviderUpstream,
  credential: Credential | null,
  signal: AbortSignal,
) {
  const headers = [
    'accept',
    'application/json',
    'accept-encoding',
    'identity',
    'user-agent',
    'switchyard',
    ...own,
  ]
  const { host } = new URL(origin)
  const unsigned = { method: 'GET', host, path, headers, body: null }
  const authorization = (await credential?.authorize(unsigned)) ?? { headers: [], query: '' }
  const dial = { egress, connectTimeoutMs, tls: new URL(baseUrl).origin === origin ? tls : null }
  const { pool, release } = shared.pools.acquire(origin, dial)
  try {
    const { query } = authorization
    const asked = authorization.path ?? path
    return await collectAnswer(
      pool.http1,
      {
        method: 'GET',
        path: query === '' ? asked : `${asked}${asked.includes('?') ? '&' : '?'}${query}`,
        headers: [...headers, ...authorization.headers],
        body: null,
      },
      { bytesMax: answerBytesMax, signal },
    )
  } finally {
    release()
  }
}

function read(
  { status, body }: { readonly status: number; readonly body: Buffer },
  list: ModelList,
  { prepared }: ProviderRuntime,
): ModelsListed {
  if (isHtml('', body)) return failed(`An HTML page came back (${status}): is this the base URL?`)
  if (status === 401 || status === 403) {
    return failed(`The provider refused the API key (${status}). Check that it is a key of this provider.`)
  }
  const json = parse(body)
  if (status !== 200 || json === null) {
    const failure = { kind: 'upstream', status, message: '', code: null, param: null } as const
    const explained = prepared.explain(failure)
    const said = `The provider answered ${status} when it was asked for its models.`
    return failed(explained === null ? said : `${said}\n${explained}`)
  }
  try {
    const models = [...new Set(list.read(json))].slice(0, modelsMax)
    return { models, message: models.length === 0 ? 'The provider lists no models.' : null }
  } catch {
    return failed('The provider answered something that is no list of models.')
  }
}

function parse(body: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body.toString())
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

function failed(message: string): ModelsListed {
  return { models: [], message }
}
