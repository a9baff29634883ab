/** The header section of an HTTP/2 request in the terms that the stages know from HTTP/1.1. */
export interface Http2Head {
  readonly method: string
  readonly target: string
  /** Names and values in turn: `host` in place of `:authority`, cookie crumbs joined, no pseudo headers. */
  readonly rawHeaders: string[]
  /** `:protocol` of an extended CONNECT (RFC 8441). */
  readonly protocol: string | null
  /** As RFC 9113 §6.5.2 counts: each field costs 32 bytes besides its text. */
  readonly byteLength: number
  readonly expectsContinue: boolean
  /** Why no two readers would agree on this request; null where they would. */
  readonly flaw: string | null
}

const fieldOverheadBytes = 32

interface Scan {
  method: string
  path: string
  authority: string | null
  host: string | null
  protocol: string | null
  cookies: string | null
  byteLength: number
  expectsContinue: boolean
  flaw: string | null
  headers: string[]
}

/** RFC 9113 §8.2.2: these belong to the connection, which HTTP/2 has no need to describe. */
const connectionSpecific = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])

/** `raw` is what the parser hands over: names and values in turn, names in lower case, pseudo headers first. */
export function readHttp2Head(raw: readonly string[]): Http2Head {
  const scan: Scan = {
    method: '',
    path: '',
    authority: null,
    host: null,
    protocol: null,
    cookies: null,
    byteLength: 0,
    expectsContinue: false,
    flaw: null,
    headers: [],
  }
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string
    const value = raw[index + 1] as string
    scan.byteLength += name.length + value.length + fieldOverheadBytes
    if (name.charCodeAt(0) === 58) readPseudo(scan, name, value)
    else readField(scan, name, value)
  }
  const host = scan.authority ?? scan.host
  if (host !== null) scan.headers.push('host', host)
  if (scan.cookies !== null) scan.headers.push('cookie', scan.cookies)
  if (scan.authority !== null && scan.host !== null && !sameHost(scan.authority, scan.host)) {
    scan.flaw ??= 'The Host header differs from :authority.'
  }
  return {
    method: scan.method,
    target: scan.path,
    rawHeaders: scan.headers,
    protocol: scan.protocol,
    byteLength: scan.byteLength,
    expectsContinue: scan.expectsContinue,
    flaw: scan.flaw,
  }
}

function readPseudo(scan: Scan, name: string, value: string): void {
  if (name === ':method') scan.method = value
  else if (name === ':path') scan.path = value
  else if (name === ':authority') scan.authority = value
  else if (name === ':protocol') scan.protocol = value
}

function readField(scan: Scan, name: string, value: string): void {
  if (name === 'host') {
    if (scan.host !== null) scan.flaw ??= 'The request has more than one Host header.'
    scan.host = value
  } else if (name === 'cookie') {
    // RFC 9113 §8.2.3: crumbs are joined before the request leaves HTTP/2.
    scan.cookies = scan.cookies === null ? value : `${scan.cookies}; ${value}`
  } else if (connectionSpecific.has(name)) {
    scan.flaw ??= `HTTP/2 has no "${name}" header.`
  } else if (name === 'te' && value.toLowerCase() !== 'trailers') {
    scan.flaw ??= 'The only TE understood is "trailers".'
  } else {
    if (name === 'expect' && value.toLowerCase() === '100-continue') scan.expectsContinue = true
    scan.headers.push(name, value)
  }
}

function sameHost(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
