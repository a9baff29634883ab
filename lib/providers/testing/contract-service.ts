import type { FakeService, ProviderFake } from '@/e2e/fakes/providers/provider-fake.ts'
import { createProviderServer, type ProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import type { ChatRequest, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import type { ChatFormat } from '@/lib/protocols/codec.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import type { PreparedProvider, Provider, ProviderRoute, ProviderSettings } from '@/lib/providers/provider.ts'
import { type ReadAnswer, readStreamedAnswer, readWholeAnswer } from './read-answer.ts'
import { type SentAnswer, sendCall, testTools } from './send-call.ts'

export interface ContractService {
  readonly prepared: PreparedProvider
  readonly server: ProviderServer
  readonly key: string
  readonly wrongKey: string
  route(format: string): ProviderRoute
  ask(format: ChatFormat, request: ChatRequest, key?: string): Promise<SentAnswer>
  /** Fails on an answer that is an error. */
  chat(format: ChatFormat, request: ChatRequest): Promise<ReadAnswer>
  failure(format: ChatFormat, answer: SentAnswer): ProtocolFailure
}

export function settingsOf(service: FakeService, origin: string): ProviderSettings {
  const { protocol, basePath, options } = service
  return { protocol, options, baseUrl: origin + basePath }
}

/** One service of a provider, before its fake. Only its key is good: a fake may know several ways to authenticate. */
export async function startContractService(
  provider: Provider,
  fake: ProviderFake,
  service: FakeService,
): Promise<ContractService> {
  const server = await createProviderServer(fake, { keys: [service.key] })
  const prepared = provider.prepare(settingsOf(service, server.url), testTools)
  const key = service.key.replaceAll('{origin}', server.url)
  const route = (format: string) => {
    const found = prepared.routes.find((candidate) => candidate.format === format)
    if (found === undefined) throw new Error(`${provider.manifest.id} has no route for ${format}.`)
    return found
  }
  const ask: ContractService['ask'] = (format, request, secret = key) => {
    const body = serviceCodecOf(format).writeRequest(request, new DroppedFields())
    const { model, stream } = request
    return sendCall(route(format), prepared.credential(secret), { model, stream, body })
  }
  return {
    prepared,
    server,
    key,
    wrongKey: service.wrongKey.replaceAll('{origin}', server.url),
    route,
    ask,
    chat: async (format, request) => {
      const answer = await ask(format, request)
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.toString()}`)
      const codec = serviceCodecOf(format)
      return request.stream
        ? readStreamedAnswer(codec, answer.body)
        : readWholeAnswer(codec.readReply(jsonOf(answer)))
    },
    failure: (format, { status, body }) => serviceCodecOf(format).readFailure(status, parsed(body)),
  }
}

export function jsonOf(answer: SentAnswer): JsonObject {
  const value = parsed(answer.body)
  if (!isJsonObject(value)) throw new Error(`No JSON object: ${answer.body.toString()}`)
  return value
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}
