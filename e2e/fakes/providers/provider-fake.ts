import type { IncomingHttpHeaders } from 'node:http'
import * as z from 'zod'

/** A provider as it looks from outside, as strict as the real one: what it takes, answers and refuses. */
export interface ProviderFake {
  /** As in the console's registry. */
  readonly id: string
  /** One for each protocol, or for each way of authenticating. */
  readonly services: readonly FakeService[]
  readonly operations: readonly FakeOperation[]
  /** In the provider's own shape; of requests that no operation is asked by, too. */
  refuse(refusal: Refusal, call: FakeCall): RefusalAnswer
}

/** How a service must be set up to be answered. */
export interface FakeService {
  readonly protocol: 'openai' | 'native'
  /** Told apart in the names of tests where one protocol has several. */
  readonly variant?: string
  /** Of a base URL below the server's origin; with a query where it has one. */
  readonly basePath: string
  readonly options: Readonly<Record<string, string>>
  /** As a service stores it. */
  readonly key: string
  /** Well-formed, and refused. */
  readonly wrongKey: string
  /** Answers chat; null where the service has no models. */
  readonly model: string | null
  /** Null: no embeddings. */
  readonly embeddingModel: string | null
}

export interface FakeOperation {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Of the whole path, escaped as it was sent; named groups are the call's parameters. */
  readonly path: RegExp
  isAuthorized(call: FakeCall): boolean | Promise<boolean>
  /** Throws `FakeRefusal`. */
  answer(call: FakeCall): FakeReply
  /** Beside the provider, as a token server is: faults pass it by, but for those that are given by call. */
  readonly isAside?: boolean
  /** In place of the provider's. */
  refuse?(refusal: Refusal, call: FakeCall): RefusalAnswer
}

export interface FakeCall {
  readonly method: string
  /** Path and query as sent. */
  readonly target: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly parameters: Readonly<Record<string, string>>
  /** The keys that are good, as services store them. */
  readonly keys: readonly string[]
}

export type FakeReply = JsonReply | StreamReply

interface Told {
  /** What the answer says of tokens; null: nothing. */
  readonly usage: ToldUsage | null
}
export interface JsonReply extends Told {
  readonly json: unknown
  /** An error that comes with status 200; absent: the provider has none. */
  readonly failure?: unknown
}
export interface StreamReply extends Told {
  readonly contentType: string
  readonly frames: ReadonlyArray<string | Buffer>
  /** A frame of content, as often as one likes. */
  readonly filler: string | Buffer
  /** An error within the stream. */
  readonly failure: string | Buffer
}

/** Tokens. `input` counts cached ones too, whatever the provider's way of counting. */
export interface FakeUsage {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly reasoning: number
}

/** Some tell one number only. */
export type ToldUsage = Omit<FakeUsage, 'input'> & { readonly input: number | null }

export interface Refusal {
  readonly kind: 'path' | 'method' | 'key' | 'forbidden' | 'body' | 'model' | 'rate' | 'failure'
  readonly message: string
  readonly param: string | null
}

export interface RefusalAnswer {
  readonly status: number
  /** Text is sent as it is. */
  readonly body: unknown
}

export class FakeRefusal extends Error {
  override readonly name = 'FakeRefusal'
  readonly refusal: Refusal

  constructor(kind: Refusal['kind'], message: string, param: string | null = null) {
    super(message)
    this.refusal = { kind, message, param }
  }
}

/** By a strict schema: a field that it does not know is refused by name. */
export function readBody<Schema extends z.ZodType>(schema: Schema, call: FakeCall): z.infer<Schema> {
  if (!/^application\/json\b/i.test(call.headers['content-type'] ?? '')) {
    throw new FakeRefusal('body', 'Content-Type must be application/json.')
  }
  const result = schema.safeParse(parseJson(call.body))
  if (result.success) return result.data
  const [issue] = result.error.issues
  if (issue?.code === 'unrecognized_keys') {
    const name = [...issue.path, issue.keys[0]].join('.')
    throw new FakeRefusal('body', `Unknown parameter: '${name}'.`, name)
  }
  const param = issue === undefined || issue.path.length === 0 ? null : issue.path.join('.')
  throw new FakeRefusal('body', `${param ?? 'body'}: ${issue?.message ?? 'invalid'}`, param)
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new FakeRefusal('body', 'We could not parse the JSON body of your request.')
  }
}

export function bearerOf(call: FakeCall): string | null {
  return /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1] ?? null
}

export const hasBearer = (call: FakeCall): boolean => call.keys.includes(bearerOf(call) ?? '')

/** A path as it stands, with `{name}` for one segment. */
export function pathPattern(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}

export const jsonObject = z.record(z.string(), z.unknown())
