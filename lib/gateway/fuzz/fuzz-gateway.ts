import type { Socket } from 'node:net'
import { faultInAnswers } from '@/lib/gateway/fuzz/check-answers.ts'
import { FuzzFailure, type FuzzOptions, type FuzzReport } from '@/lib/gateway/fuzz/fuzz-report.ts'
import { cut, mutate } from '@/lib/gateway/fuzz/mutate.ts'
import { requestCorpus, requestTokens } from '@/lib/gateway/fuzz/request-corpus.ts'
import { SeededRandom } from '@/lib/gateway/fuzz/seeded-random.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'

/** As many at a time as keep two cores busy without a queue. */
const atOnce = 16
/** After so many looks without news, an answer is taken to be whole. */
const calmPolls = 4
const clientIdleMs = 300
/** What follows it is answered in frames, not in lines. */
const http2Preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/**
 * Any bytes to a listening gateway: it answers valid HTTP or closes, its instances get well-formed requests with
 * one framing, and nothing stays open.
 */
export async function fuzzGateway({ seed, goOn }: FuzzOptions): Promise<FuzzReport> {
  const random = new SeededRandom(seed)
  const faults: string[] = []
  const upstream = await strictUpstream(faults)
  const gateway = await gatewayTo(upstream.url)
  const outcomes: Record<string, number> = {}
  let tried = 0
  try {
    while (goOn(tried)) {
      const inputs = Array.from({ length: atOnce }, () => makeInput(random))
      const answers = await Promise.all(inputs.map((pieces) => answersTo(gateway.port, pieces)))
      tried += inputs.length
      for (const [index, answer] of answers.entries()) {
        const input = inputs[index] ?? []
        const fault = faultIn(answer, input) ?? faults[0] ?? null
        if (fault !== null) throw new FuzzFailure(fault, seed, input, answer)
        const outcome = outcomeOf(answer)
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      }
    }
    const { observer } = gateway.engine
    await until(() => observer.openRequests === 0, 'every request came to an end')
    await until(() => gateway.connections() === 0, 'every connection was closed')
  } finally {
    await gateway.close()
    await upstream.close()
  }
  return { name: 'whole gateway', tried, outcomes }
}

function gatewayTo(url: string): Promise<TestGateway> {
  const service = makeService({ instances: [makeInstance(url)], tokens: [testTokenRow] })
  return startGateway(
    makeSnapshot({ services: [service], limits: { clientHeadersMs: clientIdleMs, clientIdleMs } }),
  )
}

const testTokenRow = { id: 'tok_demo', value: testToken, expiresAt: null, requestsPerSecond: null }

/** llhttp reads what the gateway sends, and what it refuses is our fault. */
async function strictUpstream(faults: string[]): Promise<Upstream> {
  const upstream = await startUpstream((request, response) => {
    const names = request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
    const framings = names.filter((name) => name === 'content-length' || name === 'transfer-encoding')
    if (framings.length > 1) faults.push(`the instance got ${framings.join(' and ')}`)
    if (names.filter((name) => name === 'host').length !== 1) faults.push('the instance got not one Host')
    request.on('error', () => {})
    request.resume()
    request.on('end', () => response.end('fine'))
  })
  upstream.server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    if (error.code?.startsWith('HPE_') && error.code !== 'HPE_INVALID_EOF_STATE') {
      faults.push(`the instance got what is no request: ${error.message}`)
    }
    socket.destroy()
  })
  return upstream
}

function makeInput(random: SeededRandom): Buffer[] {
  if (random.chance(0.1)) {
    const noise = Buffer.from(Array.from({ length: 1 + random.below(300) }, () => random.below(256)))
    return cut(random, noise, 4)
  }
  const authorization = random.chance(0.8) ? `Authorization: ${testToken}\r\n` : ''
  let text = ''
  do {
    text += random.pick(requestCorpus).replace('Host: a.test\r\n', `Host: a.test\r\n${authorization}`)
  } while (random.chance(0.3))
  return cut(random, mutate(random, Buffer.from(text, 'latin1'), requestTokens), 5)
}

/** All that came back until the gateway closed, which a caller that gets nothing more brings about by leaving. */
async function answersTo(port: number, pieces: readonly Buffer[]): Promise<string> {
  const client = await RawClient.open(port)
  for (const piece of pieces) {
    client.socket.write(piece)
    await new Promise((resolve) => setImmediate(resolve))
  }
  let seen = -1
  let calm = 0
  await until(() => {
    calm = client.received.length === seen ? calm + 1 : 0
    seen = client.received.length
    return client.isClosed || calm >= calmPolls
  }, 'the gateway came to rest')
  client.socket.end()
  await until(() => client.isClosed, 'the gateway ended the connection')
  client.close()
  return client.received
}

/** The status of the first answer. */
function outcomeOf(answer: string): string {
  if (answer === '') return 'closed'
  return answer.startsWith('HTTP/1.1 ') ? answer.slice(9, 12) : 'frames'
}

function faultIn(answer: string, input: readonly Buffer[]): string | null {
  const sent = Buffer.concat(input)
  // The length in an answer to HEAD is that of a body which does not come.
  if (sent.includes('HEAD') || sent.indexOf(http2Preface) === 0) return null
  if (/^HTTP\/1\.1 500/m.test(answer)) return 'the gateway failed'
  return faultInAnswers(answer)
}
