import { refusal } from '@/lib/gateway/error.ts'
import { withoutNamed } from '@/lib/gateway/raw-fields.ts'
import { selfTestHeader } from '@/lib/snapshot/self-test-ticket.ts'

/** What the stages need of a request's header section, read in one pass over the raw list. */
export interface RequestHeaders {
  readonly host: string | null
  readonly authorization: string | null
  readonly contentLength: number | null
  readonly isChunked: boolean
  readonly contentType: string | null
  /** A call of gRPC proper; gRPC-Web is plain HTTP. */
  readonly isGrpc: boolean
  readonly contentMd5: string
  readonly date: string
  readonly expect: string | null
  readonly upgrade: string | null
  /** The console's ticket to try a plugin with. */
  readonly selfTest: string | null
  /** Names and values in turn: end-to-end only, without what the gateway itself sets or reserves. */
  readonly endToEnd: readonly string[]
}

type Kind = 'drop' | keyof typeof readers

interface Scan {
  host: string | null
  authorization: string | null
  contentLength: number | null
  isChunked: boolean
  contentType: string | null
  isGrpc: boolean
  contentMd5: string
  date: string
  expect: string | null
  upgrade: string | null
  selfTest: string | null
  /** What `Connection` names beyond the usual: those headers are hop-by-hop too. */
  connectionNamed: string[] | null
  endToEnd: string[]
}

/** Headers that a stage reads. `keep` in the result passes the header on. */
const readers = {
  host(scan: Scan, value: string) {
    if (scan.host !== null) throw refusal('malformed_request', 'The request has more than one Host header.')
    scan.host = value
    return false
  },
  authorization(scan: Scan, value: string) {
    if (scan.authorization !== null) {
      throw refusal('malformed_request', 'The request has more than one Authorization header.')
    }
    scan.authorization = value
    return false
  },
  contentLength(scan: Scan, value: string) {
    scan.contentLength = Number.parseInt(value, 10)
    return false
  },
  transferEncoding(scan: Scan, value: string) {
    // Any other coding would need to be undone here before the body could be framed anew.
    if (scan.isChunked || value.trim().toLowerCase() !== 'chunked') {
      throw refusal('malformed_request', 'The only Transfer-Encoding understood is "chunked".')
    }
    scan.isChunked = true
    return false
  },
  contentType(scan: Scan, value: string) {
    scan.contentType = value
    scan.isGrpc = isGrpcType(value)
    return true
  },
  contentMd5(scan: Scan, value: string) {
    scan.contentMd5 = value
    return true
  },
  date(scan: Scan, value: string) {
    scan.date = value
    return true
  },
  expect(scan: Scan, value: string) {
    scan.expect = value.toLowerCase()
    return false
  },
  upgrade(scan: Scan, value: string) {
    scan.upgrade = value.toLowerCase()
    return false
  },
  selfTest(scan: Scan, value: string) {
    scan.selfTest = value
    return false
  },
  connection(scan: Scan, value: string) {
    const lower = value.toLowerCase()
    if (lower === 'keep-alive' || lower === 'close' || lower === 'upgrade') return false
    scan.connectionNamed ??= []
    for (const token of lower.split(',')) scan.connectionNamed.push(token.trim())
    return false
  },
} as const

const kinds = new Map<string, Kind>([
  ['host', 'host'],
  ['authorization', 'authorization'],
  ['content-length', 'contentLength'],
  ['transfer-encoding', 'transferEncoding'],
  ['content-type', 'contentType'],
  ['content-md5', 'contentMd5'],
  ['date', 'date'],
  ['x-forwarded-for', 'drop'],
  ['expect', 'expect'],
  ['upgrade', 'upgrade'],
  ['connection', 'connection'],
  ['keep-alive', 'drop'],
  ['proxy-connection', 'drop'],
  ['proxy-authenticate', 'drop'],
  ['proxy-authorization', 'drop'],
  ['te', 'drop'],
  ['trailer', 'drop'],
  ['http2-settings', 'drop'],
  ['x-forwarded-proto', 'drop'],
  ['x-forwarded-host', 'drop'],
  ['x-request-id', 'drop'],
  [selfTestHeader, 'selfTest'],
])

const grpcType = 'application/grpc'

/** `application/grpc`, `application/grpc+proto`, with or without parameters. */
export function isGrpcType(contentType: string): boolean {
  if (!contentType.startsWith(grpcType)) return false
  const next = contentType.charAt(grpcType.length)
  return next === '' || next === '+' || next === ';' || next === ' '
}

const reservedPrefix = 'x-switchyard-'

/** Reads and sanitises in one pass. Throws `malformed_request` where two readers could disagree about the message. */
export function readRequestHeaders(rawHeaders: readonly string[]): RequestHeaders {
  const scan: Scan = {
    host: null,
    authorization: null,
    contentLength: null,
    isChunked: false,
    contentType: null,
    isGrpc: false,
    contentMd5: '',
    date: '',
    expect: null,
    upgrade: null,
    selfTest: null,
    connectionNamed: null,
    endToEnd: [],
  }
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    const value = rawHeaders[index + 1] as string
    const lower = name.toLowerCase()
    const kind = kinds.get(lower)
    if (kind === undefined) {
      if (!lower.startsWith(reservedPrefix)) scan.endToEnd.push(name, value)
    } else if (kind !== 'drop' && readers[kind](scan, value)) {
      scan.endToEnd.push(name, value)
    }
  }
  if (scan.isChunked && scan.contentLength !== null) {
    throw refusal('malformed_request', 'The request has both Content-Length and Transfer-Encoding.')
  }
  if (scan.connectionNamed !== null) scan.endToEnd = withoutNamed(scan.endToEnd, scan.connectionNamed)
  return scan
}
