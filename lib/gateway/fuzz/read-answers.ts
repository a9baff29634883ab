import type { Socket } from 'node:net'
import { type buildConnector, Client } from 'undici'
import { MemorySocket } from '@/lib/gateway/fuzz/memory-socket.ts'
import { Http1Upstream } from '@/lib/gateway/upstream/http1/http1-upstream.ts'

/** What a reader made of the bytes of one answer. */
export interface ReadAnswer {
  readonly status: number
  readonly fields: readonly string[]
  readonly body: string
  readonly trailers: readonly string[]
  /** The reader says that all of it came. */
  readonly isWhole: boolean
}

type Read = (pieces: readonly Buffer[]) => Promise<ReadAnswer>

/** Ours, on a connection of its own for each answer. */
export const readByOurs: Read = (pieces) =>
  read(pieces, (connect, taker) => {
    const upstream = new Http1Upstream('http://instance.test', connect)
    upstream.dispatch(
      {
        method: 'GET',
        path: '/',
        headers: [],
        body: null,
        contentLength: null,
        isUpgrade: false,
        bodyTimeoutMs: 60_000,
        trailers: null,
      },
      {
        onConnect() {},
        onHeaders: (status, fields) => {
          taker.head(status, fields.map(String))
          return true
        },
        onData: (chunk) => taker.data(chunk),
        onComplete: (trailers) => taker.end((trailers ?? []).map(String)),
        onUpgrade: () => taker.failed(),
        onError: () => taker.failed(),
      },
    )
    return () => void upstream.destroy()
  })

/** llhttp in its strict mode, as undici runs it. */
export const readByLlhttp: Read = (pieces) =>
  read(pieces, (connect, taker) => {
    const client = new Client('http://instance.test', { connect, pipelining: 1 })
    // undici leaves the white space behind a value, which is no part of it (RFC 9112 §5).
    const text = (field: Buffer | string) =>
      String(Buffer.isBuffer(field) ? field.toString('latin1') : field).replace(/[ \t]+$/, '')
    client.dispatch(
      { method: 'GET', path: '/' },
      {
        onConnect() {},
        onHeaders(status: number, raw: Buffer[]) {
          taker.head(status, raw.map(text))
          return true
        },
        onData: (chunk: Buffer) => taker.data(chunk),
        onComplete: (trailers: (Buffer | string)[] | null) => taker.end((trailers ?? []).map(text)),
        onError: () => taker.failed(),
      },
    )
    return () => void client.destroy()
  })

interface Taker {
  head(status: number, fields: string[]): void
  data(chunk: Buffer): boolean
  end(trailers: string[]): void
  failed(): void
}

function read(
  pieces: readonly Buffer[],
  start: (connect: buildConnector.connector, taker: Taker) => () => void,
): Promise<ReadAnswer> {
  const socket = new MemorySocket()
  return new Promise((resolve) => {
    let answer: ReadAnswer = { status: 0, fields: [], body: '', trailers: [], isWhole: false }
    const settle = () => {
      resolve(answer)
      setImmediate(stop)
    }
    const connect: buildConnector.connector = (_options, callback) => {
      queueMicrotask(() => {
        callback(null, socket as unknown as Socket)
        setImmediate(deliver, socket, pieces)
      })
    }
    const stop = start(connect, {
      head: (status, fields) => {
        if (status >= 200) answer = { ...answer, status, fields }
      },
      data: (chunk) => {
        answer = { ...answer, body: answer.body + chunk.toString('latin1') }
        return true
      },
      end: (trailers) => {
        answer = { ...answer, trailers, isWhole: true }
        settle()
      },
      failed: settle,
    })
  })
}

function deliver(socket: MemorySocket, pieces: readonly Buffer[]): void {
  const [first, ...rest] = pieces
  if (first === undefined) {
    socket.push(null)
    return
  }
  socket.deliver(first)
  setImmediate(deliver, socket, rest)
}
