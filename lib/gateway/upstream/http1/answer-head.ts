import { type BodyFraming, readBodyFraming } from '@/lib/gateway/http1/body-framing.ts'
import {
  carriageReturn,
  fieldCount,
  fieldMarks,
  hasTabBehind,
  incomplete,
  lineFeed,
  scanFields,
  space,
} from '@/lib/gateway/http1/field-scan.ts'

/** How the body of an answer is delimited (RFC 9112 §6.3): by a length, by chunks, or by the end of the connection. */
export const chunked = -1
export const untilClose = -2

export interface AnswerHead {
  readonly status: number
  readonly statusMessage: string
  /** Names and values in turn, one character for each byte. */
  readonly fields: readonly string[]
  /** Bytes, `chunked` or `untilClose`. Not yet what method and status make of it. */
  readonly bodyLength: number
  readonly mayKeepAlive: boolean
  /** From `Keep-Alive: timeout=`; null without. */
  readonly keepAliveSeconds: number | null
  /** Offset of the first byte behind the head. */
  readonly end: number
}

const headBytesMax = 65_536
/** `HTTP/1.1 200` */
const statusEnd = 12
const versionStart = Buffer.from('HTTP/1.', 'latin1')
const tab = 0x09
const keepAliveTimeout = /(?:^|[,\s])timeout=(\d{1,5})(?:$|[,;\s])/i

/** Reads the head of an answer that begins at `start`. `incomplete` asks for more bytes and a new call. */
export function readAnswerHead(bytes: Buffer, start: number): AnswerHead | 'incomplete' | 'malformed' {
  const fieldsStart = scanStatusLine(bytes, start)
  if (typeof fieldsStart === 'string') return fieldsStart
  const end = scanFields(bytes, fieldsStart, bytes.length)
  if ((end === incomplete ? bytes.length : end) - start > headBytesMax) return 'malformed'
  if (end === incomplete) return 'incomplete'
  return end < 0 ? 'malformed' : toAnswerHead(bytes, start, fieldsStart, end)
}

/** Version, one space, three digits, optionally a space and a reason, CRLF. Returns where the fields begin. */
function scanStatusLine(bytes: Buffer, start: number): number | 'incomplete' | 'malformed' {
  const { length } = bytes
  const known = Math.min(length - start, versionStart.length)
  if (bytes.compare(versionStart, 0, known, start, start + known) !== 0) return 'malformed'
  if (length - start <= statusEnd) return 'incomplete'
  const minor = bytes[start + 7]
  if ((minor !== 0x30 && minor !== 0x31) || bytes[start + 8] !== space) return 'malformed'
  for (let at = start + 9; at < start + statusEnd; at++) if (!isDigit(bytes[at] as number)) return 'malformed'
  let at = start + statusEnd
  if (bytes[at] !== space && bytes[at] !== carriageReturn) return 'malformed'
  while (at < length && isReasonByte(bytes[at] as number)) at += 1
  if (at - start > headBytesMax) return 'malformed'
  if (at >= length) return 'incomplete'
  if (bytes[at] !== carriageReturn) return 'malformed'
  if (at + 1 >= length) return 'incomplete'
  return bytes[at + 1] === lineFeed ? at + 2 : 'malformed'
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function isReasonByte(byte: number): boolean {
  return byte === tab || (byte >= space && byte !== 0x7f)
}

interface Framing extends BodyFraming {
  connection: string
  keepAlive: string | null
}

function toAnswerHead(
  bytes: Buffer,
  start: number,
  fieldsStart: number,
  end: number,
): AnswerHead | 'malformed' {
  const text = bytes.toString('latin1', start, end)
  const status = Number(text.slice(9, statusEnd))
  if (status < 100) return 'malformed'
  const framing: Framing = { contentLength: -1, isChunked: false, connection: '', keepAlive: null }
  const fields = readFields(text, start, framing)
  if (fields === null || (framing.isChunked && framing.contentLength !== -1)) return 'malformed'
  const isNewer = text.charCodeAt(7) === 0x31
  const connection = framing.connection
  return {
    status,
    statusMessage: text.slice(statusEnd + 1, Math.max(statusEnd + 1, fieldsStart - start - 2)),
    fields,
    bodyLength: framing.isChunked
      ? chunked
      : framing.contentLength === -1
        ? untilClose
        : framing.contentLength,
    mayKeepAlive: isNewer ? !hasOption(connection, 'close') : hasOption(connection, 'keep-alive'),
    keepAliveSeconds: framing.keepAlive === null ? null : secondsOf(framing.keepAlive),
    end,
  }
}

/** Null where the framing fields contradict themselves. */
function readFields(text: string, start: number, framing: Framing): string[] | null {
  const marks = fieldCount() * 4
  const fields: string[] = new Array(marks >> 1)
  for (let mark = 0, at = 0; mark < marks; mark += 4, at += 2) {
    const name = text.slice((fieldMarks[mark] as number) - start, (fieldMarks[mark + 1] as number) - start)
    const value = text.slice(
      (fieldMarks[mark + 2] as number) - start,
      (fieldMarks[mark + 3] as number) - start,
    )
    fields[at] = name
    fields[at + 1] = value
    const { length } = name
    if (length !== 14 && length !== 17 && length !== 10) continue
    const lower = name.toLowerCase()
    if (!readFraming(lower, value, framing)) return null
    const isFraming = lower === 'content-length' || lower === 'transfer-encoding'
    if (isFraming && hasTabBehind(text, (fieldMarks[mark + 3] as number) - start)) return null
  }
  return fields
}

function readFraming(lowerName: string, value: string, framing: Framing): boolean {
  switch (lowerName) {
    case 'content-length':
    case 'transfer-encoding':
      return readBodyFraming(lowerName, value, framing)
    case 'connection':
      framing.connection = framing.connection === '' ? value : `${framing.connection},${value}`
      return true
    case 'keep-alive':
      framing.keepAlive = value
      return true
    default:
      return true
  }
}

function hasOption(connection: string, option: string): boolean {
  if (connection === '') return false
  const lower = connection.toLowerCase()
  if (lower === option) return true
  return lower.includes(',') && lower.split(',').some((part) => part.trim() === option)
}

function secondsOf(keepAlive: string): number | null {
  const found = keepAliveTimeout.exec(keepAlive)
  return found === null ? null : Number(found[1])
}
