import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Connectivity } from '@/lib/domain/gateway-network.ts'

type Step = Connectivity['steps'][number]

export interface ProbeTarget {
  /** Whose addresses are dialled. */
  readonly host: string
  readonly port: number
  /** What the request and the handshake name. */
  readonly name: string
  readonly isTls: boolean
  readonly timeoutMs: number
}

export type ProbeResult = Pick<Connectivity, 'from' | 'steps' | 'outcome'>

/** What the gateway puts on every answer of its own. */
const ownHeader = /^x-switchyard-error-source:/im
const answerBytesMax = 16_384

/** Resolves, connects, shakes hands and asks, each with its time. Follows no redirect, and asks for nothing but `/`. */
export async function probeGateway(target: ProbeTarget): Promise<ProbeResult> {
  const steps: Step[] = []
  const addresses = await step(steps, 'resolve', async () => {
    const found = await addressesOf(target.host)
    return { value: found, detail: found.join(', ') }
  })
  if (addresses === null) return { from: null, steps, outcome: 'unreachable' }
  const socket = await step(steps, 'connect', async () => {
    const value = await dialFirst(addresses, target)
    return { value, detail: `${value.remoteAddress ?? target.host} port ${target.port}` }
  })
  if (socket === null) return { from: null, steps, outcome: 'unreachable' }
  const from = socket.localAddress ?? null
  let stream: Socket = socket
  try {
    if (target.isTls) {
      const secured = await step(steps, 'tls', async () => await shakeHands(socket, target))
      if (secured === null) return { from, steps, outcome: 'unreachable' }
      stream = secured
    }
    const status = await step(steps, 'http', async () => await ask(stream, target))
    if (status === null) return { from, steps, outcome: 'unreachable' }
    return { from, steps, outcome: status === 403 ? 'refused' : 'reached' }
  } finally {
    stream.destroy()
    socket.destroy()
  }
}

async function step<T>(
  steps: Step[],
  name: Step['step'],
  run: () => Promise<{ value: T; detail: string }>,
): Promise<T | null> {
  const begun = performance.now()
  const ms = () => Math.round((performance.now() - begun) * 10) / 10
  try {
    const { value, detail } = await run()
    steps.push({ step: name, ok: true, detail, ms: ms() })
    return value
  } catch (error) {
    steps.push({ step: name, ok: false, detail: sentenceOf(error), ms: ms() })
    return null
  }
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host) > 0) return [host]
  const found = await lookup(host, { all: true })
  return found.map(({ address }) => address)
}

async function dialFirst(addresses: readonly string[], target: ProbeTarget): Promise<Socket> {
  let failure: unknown = new Error('It has no address.')
  for (const host of addresses) {
    try {
      return await dial(host, target)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function dial(host: string, { port, timeoutMs }: ProbeTarget): Promise<Socket> {
  return settled(timeoutMs, (resolve, reject) => {
    const socket = connect({ host, port })
    socket.once('connect', () => resolve(socket))
    // Stays: an error after the answer is nobody's business any more.
    socket.on('error', reject)
    return () => socket.destroy()
  })
}

function shakeHands(
  socket: Socket,
  { name, timeoutMs }: ProbeTarget,
): Promise<{ value: TLSSocket; detail: string }> {
  return settled(timeoutMs, (resolve, reject) => {
    // A certificate that this machine does not trust may be right for those who call.
    const secured = connectTls({
      socket,
      servername: name,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
    })
    secured.once('secureConnect', () => {
      const validTo = new Date(secured.getPeerCertificate().valid_to)
      if (validTo.getTime() < Date.now()) {
        reject(new Error(`Certificate expired ${validTo.toISOString().slice(0, 10)}`))
        return
      }
      const trust = secured.authorized ? '' : ', not trusted by this machine'
      resolve({
        value: secured,
        detail: `${secured.getProtocol() ?? 'TLS'}, certificate valid until ${validTo.toISOString().slice(0, 10)}${trust}`,
      })
    })
    secured.on('error', reject)
    return () => secured.destroy()
  })
}

function ask(stream: Socket, { name, timeoutMs }: ProbeTarget): Promise<{ value: number; detail: string }> {
  return settled(timeoutMs, (resolve, reject) => {
    let answer = ''
    stream.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (!answer.includes('\r\n\r\n') && answer.length < answerBytesMax) return
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]
      if (status === undefined) reject(new Error('What answered does not speak HTTP'))
      else if (!isOwn(status, answer)) reject(new Error(`Answered ${status}, but not by the gateway`))
      else resolve({ value: Number(status), detail: `Answered ${status} by the gateway` })
    })
    stream.once('close', () => reject(new Error('Closed without an answer')))
    stream.on('error', reject)
    stream.write(
      `GET / HTTP/1.1\r\nhost: ${name}\r\nuser-agent: switchyard-connectivity-check\r\nconnection: close\r\n\r\n`,
    )
    return () => stream.destroy()
  })
}

/** A name with force HTTPS answers 308 to everything. */
function isOwn(status: string, answer: string): boolean {
  return status === '308' || ownHeader.test(answer)
}

/** `run` answers how to give up. */
function settled<T>(
  timeoutMs: number,
  run: (resolve: (value: T) => void, reject: (error: Error) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      giveUp()
      reject(new Error(`No answer within ${timeoutMs / 1000} s`))
    }, timeoutMs)
    const giveUp = run(
      (value) => {
        clearTimeout(timer)
        resolve(value)
      },
      (error) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection closed',
  ENOTFOUND: 'The name has no address',
  EAI_AGAIN: 'The DNS did not answer',
  ETIMEDOUT: 'No answer',
  EHOSTUNREACH: 'No way to this address',
  ENETUNREACH: 'No way to this network',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'No certificate for this name',
  ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME: 'No certificate for this name',
}

function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return sentences[code] ?? (error instanceof Error ? error.message.slice(0, 200) : 'It failed')
}
