import type { IncomingMessage } from 'node:http'
import { request as requestHttp } from 'node:http'
import { type RequestOptions, request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { EgressDenied, permittedLookup } from '@/lib/addresses/egress-guard.ts'
import type { KubernetesAccess } from '@/lib/snapshot/discovery-snapshot.ts'
import { type PodFiles, prepareAccess } from './kubernetes-access.ts'
import { asKubernetesError, KubernetesError, refusedBy } from './kubernetes-error.ts'

export interface KubernetesClientOptions {
  readonly access: KubernetesAccess
  /** Asked for the very address that is dialled. */
  readonly permits: (address: string) => boolean
  /** For tests; default: where Kubernetes puts them. */
  readonly podFiles?: PodFiles
  readonly timeoutMs?: number
}

export type Query = Readonly<Record<string, string>>

const timeoutMsDefault = 10_000
const answerBytesMax = 32 * 1024 * 1024
const lineBytesMax = 4 * 1024 * 1024
const errorBytesMax = 16_384

/**
 * What discovery needs of the API (https://kubernetes.io/docs/reference/using-api/api-concepts/): reading, and watching
 * as lines of JSON. All calls reject with `KubernetesError`; redirects are not followed.
 */
export class KubernetesClient {
  readonly #options: KubernetesClientOptions

  constructor(options: KubernetesClientOptions) {
    this.#options = options
  }

  /** The JSON at this path. */
  async get(path: string, query: Query = {}, signal?: AbortSignal): Promise<unknown> {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs ?? timeoutMsDefault)
    const ended = signal === undefined ? timeout : AbortSignal.any([timeout, signal])
    try {
      const answer = await this.#ask(path, query, ended)
      const text = await readText(answer, answer.statusCode === 200 ? answerBytesMax : errorBytesMax)
      if (answer.statusCode !== 200) throw refusedBy(answer.statusCode ?? 0, text)
      return parseJson(text)
    } catch (error) {
      if (timeout.aborted) throw new KubernetesError(null, 'The API server gave no answer in time.')
      throw asKubernetesError(error)
    }
  }

  /** Hands over each line; resolves when the server ends the answer. A line that is no JSON is a failure. */
  async watch(
    path: string,
    query: Query,
    onEvents: (events: readonly unknown[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const opening = AbortSignal.timeout(this.#options.timeoutMs ?? timeoutMsDefault)
      const opened = new AbortController()
      const give = () => opened.abort()
      opening.addEventListener('abort', give)
      const answer = await this.#ask(path, query, AbortSignal.any([signal, opened.signal])).finally(() =>
        opening.removeEventListener('abort', give),
      )
      if (answer.statusCode !== 200) {
        throw refusedBy(answer.statusCode ?? 0, await readText(answer, errorBytesMax))
      }
      await readLines(answer, onEvents)
    } catch (error) {
      throw asKubernetesError(error)
    }
  }

  async #ask(path: string, query: Query, signal: AbortSignal): Promise<IncomingMessage> {
    const { access, permits, podFiles } = this.#options
    const { url: base, authorization, tls } = await prepareAccess(access, podFiles)
    const url = new URL(base)
    const hostname = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(hostname) !== 0 && !permits(hostname)) throw new EgressDenied('The address may not be dialled.')
    const search = new URLSearchParams(query).toString()
    const isTls = url.protocol === 'https:'
    const options: RequestOptions = {
      method: 'GET',
      hostname,
      port: url.port === '' ? (isTls ? 443 : 80) : url.port,
      path: `${url.pathname.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`,
      agent: false,
      lookup: permittedLookup(permits),
      signal,
      headers: {
        host: url.host,
        accept: 'application/json',
        'user-agent': 'switchyard',
        ...(authorization !== null && { authorization }),
      },
      ...(isTls && { minVersion: 'TLSv1.2', servername: isIP(hostname) === 0 ? hostname : '', ...tls }),
    }
    return new Promise((resolve, reject) => {
      const sent = (isTls ? requestHttps : requestHttp)(options, resolve)
      sent.on('error', reject)
      // Of an answer that switches protocols nothing else tells.
      sent.on('close', () => reject(new KubernetesError(null, 'The API server closed the connection.')))
      sent.end()
    })
  }
}

async function readText(answer: IncomingMessage, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > bytesMax) throw new KubernetesError(null, 'The answer of the API server is too long.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function readLines(
  answer: IncomingMessage,
  onEvents: (events: readonly unknown[]) => void,
): Promise<void> {
  let pending: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(10)
    if (end < 0) {
      pending.push(chunk)
      bytes += chunk.length
      if (bytes > lineBytesMax) throw new KubernetesError(null, 'An event of the API server is too long.')
      continue
    }
    const text = Buffer.concat([...pending, chunk.subarray(0, end)]).toString('utf8')
    pending = [chunk.subarray(end + 1)]
    bytes = chunk.length - end - 1
    onEvents(text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parseJson(line)])))
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new KubernetesError(null, 'The address answers something that is not JSON. Is it an API server?', {
      cause,
    })
  }
}
