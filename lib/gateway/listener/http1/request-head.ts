import { METHODS } from 'node:http'
import { type BodyFraming, readBodyFraming } from '@/lib/gateway/http1/body-framing.ts'
import {
  byteKinds,
  carriageReturn,
  fieldCount,
  fieldMarks,
  hasTabBehind,
  incomplete,
  lineFeed,
  scanFields,
  space,
  targetByte,
  tokenByte,
  tooMany,
} from '@/lib/gateway/http1/field-scan.ts'

export interface HeadLimits {
  /** The header lines, without the request line. Bytes. */
  readonly headerBytesMax: number
  /** The request target. Bytes. */
  readonly urlBytesMax: number
}

export type HeadRefusal = 'malformed_request' | 'headers_too_large' | 'url_too_long' | 'version_not_supported'

/** How the body is delimited (RFC 9112 §6): by a length, 0 for none, or by chunks. */
export const chunked = -1

/** One request up to its empty line, and all that its framing and its connection need to know of it. */
export interface RequestHead {
  readonly method: string
  readonly target: string
  readonly version: '1.0' | '1.1'
  /** Names and values in turn, exactly as sent but for the white space around values. */
  readonly rawHeaders: readonly string[]
  /** Bytes, or `chunked`. */
  readonly bodyLength: number
  readonly mayKeepAlive: boolean
  readonly awaitsContinue: boolean
  readonly isWebSocket: boolean
  /** Offset of the first byte behind the head. */
  readonly end: number
}

const methods: ReadonlySet<string> = new Set(METHODS.filter((method) => method !== 'SOURCE'))
const methodBytesMax = Math.max(...METHODS.map((method) => method.length))
/** `HTTP/1.1` and the line's end. */
const versionBytes = 10
const versionStart = Buffer.from('HTTP/', 'latin1')
const absoluteForm = /^https?:\/\/(?:[\w\-.~%!$&'()*+,;=:]+|\[[\da-f:.]+\](?::\d*)?)(?:[/?].*)?$/i

const line = { methodEnd: 0, targetStart: 0, targetEnd: 0, minor: 0 }

/** Some callers send an empty line behind a body (RFC 9112 §2.2). */
export function endOfEmptyLines(bytes: Buffer): number {
  let at = 0
  while (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 2
  return at
}

/** Reads a head that begins at `start`. `incomplete` asks for more bytes and a new call. */
export function readRequestHead(
  bytes: Buffer,
  start: number,
  end: number,
  limits: HeadLimits,
): RequestHead | HeadRefusal | 'incomplete' {
  const fieldsStart = scanRequestLine(bytes, start, end, limits.urlBytesMax)
  if (typeof fieldsStart === 'string') return fieldsStart
  const headEnd = scanFields(bytes, fieldsStart, end)
  if (headEnd === tooMany) return 'headers_too_large'
  if ((headEnd === incomplete ? end : headEnd) - fieldsStart > limits.headerBytesMax)
    return 'headers_too_large'
  if (headEnd === incomplete) return 'incomplete'
  if (headEnd < 0) return 'malformed_request'
  return toRequestHead(bytes.toString('latin1', start, headEnd), start, headEnd)
}

/** Method, one space, target, one space, version, CRLF. Returns where the fields begin. */
function scanRequestLine(
  bytes: Buffer,
  start: number,
  end: number,
  urlBytesMax: number,
): number | HeadRefusal | 'incomplete' {
  let at = start
  while (at < end && ((byteKinds[bytes[at] as number] as number) & tokenByte) !== 0) at += 1
  if (at - start > methodBytesMax) return 'malformed_request'
  if (at >= end) return 'incomplete'
  if (bytes[at] !== space) return 'malformed_request'
  line.methodEnd = at - start
  at += 1
  const targetStart = at
  while (at < end && ((byteKinds[bytes[at] as number] as number) & targetByte) !== 0) at += 1
  if (at - targetStart > urlBytesMax) return 'url_too_long'
  if (at >= end) return 'incomplete'
  if (at === targetStart || bytes[at] !== space) return 'malformed_request'
  line.targetStart = targetStart - start
  line.targetEnd = at - start
  return scanVersion(bytes, at + 1, end)
}

function scanVersion(bytes: Buffer, start: number, end: number): number | HeadRefusal | 'incomplete' {
  const known = Math.min(end - start, versionStart.length)
  if (bytes.compare(versionStart, 0, known, start, start + known) !== 0) return 'malformed_request'
  if (end - start < versionBytes) return 'incomplete'
  const major = (bytes[start + 5] as number) - 0x30
  const minor = (bytes[start + 7] as number) - 0x30
  const isWellFormed =
    isDigit(major) &&
    bytes[start + 6] === 0x2e &&
    isDigit(minor) &&
    bytes[start + 8] === carriageReturn &&
    bytes[start + 9] === lineFeed
  if (!isWellFormed) return 'malformed_request'
  if (major !== 1 || minor > 1) return 'version_not_supported'
  line.minor = minor
  return start + versionBytes
}

function isDigit(value: number): boolean {
  return value >= 0 && value <= 9
}

/** What the fields say about framing and connection, gathered in one pass. */
interface Framing extends BodyFraming {
  connection: string | null
  expect: string | null
  upgrade: string | null
}

function toRequestHead(text: string, start: number, end: number): RequestHead | HeadRefusal {
  const method = text.slice(0, line.methodEnd)
  const target = text.slice(line.targetStart, line.targetEnd)
  if (!methods.has(method) || !isTarget(method, target)) return 'malformed_request'
  const version = line.minor === 1 ? '1.1' : '1.0'
  const framing: Framing = {
    contentLength: -1,
    isChunked: false,
    connection: null,
    expect: null,
    upgrade: null,
  }
  const rawHeaders = readFields(text, start, framing)
  if (rawHeaders === null) return 'malformed_request'
  const { contentLength, isChunked } = framing
  if (isChunked && (contentLength !== -1 || version === '1.0')) return 'malformed_request'
  const bodyLength = isChunked ? chunked : Math.max(contentLength, 0)
  const connection = readConnection(framing.connection)
  return {
    method,
    target,
    version,
    rawHeaders,
    bodyLength,
    mayKeepAlive: version === '1.1' ? !connection.close : connection.keepAlive && !connection.close,
    awaitsContinue: version === '1.1' && bodyLength !== 0 && framing.expect?.toLowerCase() === '100-continue',
    isWebSocket:
      framing.upgrade?.toLowerCase() === 'websocket' &&
      connection.upgrade &&
      method === 'GET' &&
      version === '1.1' &&
      bodyLength === 0,
    end,
  }
}

/** The origin form, `*`, or an absolute `http(s)` address without user information (RFC 9112 §3.2). */
function isTarget(method: string, target: string): boolean {
  if (target.charCodeAt(0) === 0x2f || target === '*') return true
  return method === 'CONNECT' || absoluteForm.test(target)
}

/** Null where the framing fields contradict themselves or each other. */
function readFields(text: string, start: number, framing: Framing): string[] | null {
  const rawHeaders: string[] = []
  const marks = fieldCount() * 4
  for (let mark = 0; mark < marks; mark += 4) {
    const name = text.slice((fieldMarks[mark] as number) - start, (fieldMarks[mark + 1] as number) - start)
    const value = text.slice(
      (fieldMarks[mark + 2] as number) - start,
      (fieldMarks[mark + 3] as number) - start,
    )
    rawHeaders.push(name, value)
    if (!mayFrame(name.length)) continue
    const lower = name.toLowerCase()
    if (!readFraming(lower, value, framing)) return null
    if (isFraming(lower) && hasTabBehind(text, (fieldMarks[mark + 3] as number) - start)) return null
  }
  return rawHeaders
}

function isFraming(lowerName: string): boolean {
  return lowerName === 'content-length' || lowerName === 'transfer-encoding' || lowerName === 'connection'
}

/** The lengths of the names that `readFraming` knows. */
function mayFrame(length: number): boolean {
  return length === 14 || length === 17 || length === 10 || length === 6 || length === 7
}

function readFraming(lowerName: string, value: string, framing: Framing): boolean {
  switch (lowerName) {
    case 'content-length':
    case 'transfer-encoding':
      return readBodyFraming(lowerName, value, framing)
    case 'connection':
      if (value.includes('\t')) return false
      framing.connection = framing.connection === null ? value : `${framing.connection},${value}`
      return true
    case 'expect':
      framing.expect = value
      return true
    case 'upgrade':
      framing.upgrade = framing.upgrade === null ? value : `${framing.upgrade},${value}`
      return true
    default:
      return true
  }
}

interface ConnectionOptions {
  readonly close: boolean
  readonly keepAlive: boolean
  readonly upgrade: boolean
}

const noOptions: ConnectionOptions = { close: false, keepAlive: false, upgrade: false }
const onlyKeepAlive: ConnectionOptions = { close: false, keepAlive: true, upgrade: false }

function readConnection(value: string | null): ConnectionOptions {
  if (value === null) return noOptions
  const lower = value.toLowerCase()
  if (lower === 'keep-alive') return onlyKeepAlive
  const options = { close: false, keepAlive: false, upgrade: false }
  for (const part of lower.split(',')) {
    const option = part.trim()
    if (option === 'close') options.close = true
    else if (option === 'keep-alive') options.keepAlive = true
    else if (option === 'upgrade') options.upgrade = true
  }
  return options
}
