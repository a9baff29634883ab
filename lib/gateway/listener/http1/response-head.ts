import { fieldComplaint, holdsControls } from '@/lib/gateway/http1/field-syntax.ts'

/** A status, reason, header or trailer that HTTP/1.1 cannot carry. Nothing of it has been written. */
export class UnsendableAnswer extends Error {
  override readonly name = 'UnsendableAnswer'
}

export interface ResponseHead {
  /** Status line and header lines, without the connection's own and without the empty line. */
  readonly text: string
  /** Null without `Content-Length`. */
  readonly contentLength: number | null
}

const statusMin = 100
const statusMax = 999

/**
 * Writes status line and fields. `Connection` and `Transfer-Encoding` are the connection's to say and left out;
 * a missing `Date` is added (RFC 9110 §6.6.1). Throws `UnsendableAnswer`.
 */
export function writeResponseHead(
  status: number,
  statusMessage: string,
  headers: readonly string[],
  date: string,
): ResponseHead {
  let text = statusLine(status, statusMessage)
  let contentLength: number | null = null
  let hasDate = false
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] as string
    const value = headers[index + 1] as string
    checkField(name, value)
    switch (ownMeaning(name)) {
      case 'content-length':
        if (contentLength !== null || !/^\d{1,15}$/.test(value)) {
          throw new UnsendableAnswer('The answer has no one length.')
        }
        contentLength = Number(value)
        // RFC 9110 §8.6: such an answer has no length to state.
        if (status < 200 || status === 204) continue
        break
      case 'date':
        hasDate = true
        break
      case 'connection':
      case 'keep-alive':
      case 'transfer-encoding':
        continue
    }
    text += `${name}: ${value}\r\n`
  }
  if (!hasDate && status >= 200) text += date
  return { text, contentLength }
}

/** Field lines alone, as behind a chunked body. */
export function writeFields(fields: readonly string[]): string {
  let text = ''
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] as string
    const value = fields[index + 1] as string
    checkField(name, value)
    text += `${name}: ${value}\r\n`
  }
  return text
}

function statusLine(status: number, statusMessage: string): string {
  if (!Number.isInteger(status) || status < statusMin || status > statusMax) {
    throw new UnsendableAnswer(`${status} is not a status.`)
  }
  if (holdsControls(statusMessage)) throw new UnsendableAnswer('The reason holds a control character.')
  return `HTTP/1.1 ${status} ${statusMessage}\r\n`
}

function checkField(name: string, value: string): void {
  const complaint = fieldComplaint(name, value)
  if (complaint !== null) throw new UnsendableAnswer(complaint)
}

/** Lower-case, for the few names that mean something here; the length keeps the rest from being copied. */
function ownMeaning(name: string): string {
  const { length } = name
  return length === 4 || length === 10 || length === 14 || length === 17 ? name.toLowerCase() : ''
}
