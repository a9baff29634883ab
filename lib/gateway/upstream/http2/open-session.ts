import { type ClientHttp2Session, connect } from 'node:http2'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { type buildConnector, errors } from 'undici'
import { NotHttp2 } from '@/lib/gateway/upstream/http2/request-refused.ts'
import { UpstreamSession } from '@/lib/gateway/upstream/http2/upstream-session.ts'

/** A slow caller leaves one of these per stream here. */
const windowBytes = 65_535
/** Of all streams together: one slow reader must not hold up the others. */
const sessionWindowBytes = 4_194_304
const headerListBytesMax = 65_536

export interface Http2Dial {
  readonly connect: buildConnector.connector
  /** For the connection and the peer's first frame together. */
  readonly connectTimeoutMs: number
}

type Opened = (onRoom: () => void) => UpstreamSession
type Callback = (...outcome: [error: Error, session: null] | [error: null, session: Opened]) => void

/** Dials, and calls back once the peer's SETTINGS are here: by then it has shown that it speaks HTTP/2. */
export function openSession(
  origin: URL,
  { connect: dial, connectTimeoutMs }: Http2Dial,
  callback: Callback,
): void {
  const { hostname, host, protocol, port } = origin
  dial({ hostname, host, protocol, port }, (error, socket) => {
    if (error !== null) callback(error, null)
    else if (socket === null) callback(new errors.SocketError('No socket was opened.'), null)
    else if (protocol === 'https:' && (socket as TLSSocket).alpnProtocol !== 'h2') {
      socket.destroy()
      callback(new NotHttp2('The instance did not agree on HTTP/2.'), null)
    } else awaitSettings(connectOver(socket, origin), connectTimeoutMs, callback)
  })
}

function connectOver(socket: Socket, origin: URL): ClientHttp2Session {
  return connect(origin, {
    createConnection: () => socket,
    maxSessionMemory: 32,
    settings: {
      enablePush: false,
      initialWindowSize: windowBytes,
      maxHeaderListSize: headerListBytesMax,
    },
  })
}

function awaitSettings(session: ClientHttp2Session, timeoutMs: number, callback: Callback): void {
  let failure: Error = new NotHttp2('The instance closed the connection before any HTTP/2.')
  const timer = setTimeout(() => {
    failure = new errors.ConnectTimeoutError('The instance said nothing.')
    session.destroy()
  }, timeoutMs)
  const closed = () => {
    clearTimeout(timer)
    callback(failure, null)
  }
  session.on('error', (cause) => {
    failure = new NotHttp2('The instance did not answer in HTTP/2.', { cause })
  })
  session.once('close', closed)
  session.once('remoteSettings', () => {
    clearTimeout(timer)
    session.off('close', closed)
    session.setLocalWindowSize(sessionWindowBytes)
    callback(null, (onRoom) => {
      session.once('close', onRoom)
      return new UpstreamSession(session, onRoom)
    })
  })
}
