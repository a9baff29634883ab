import { isUtf8 } from 'node:buffer'
import type { ShownBody, ShownRequest } from '@/lib/domain/debug.ts'
import type { RawFields } from '@/lib/gateway/raw-fields.ts'
import { masked, type Redactor } from '@/lib/gateway/trace/redactor.ts'
import type { Sending } from './request-trace.ts'

/** Of one body. */
export const shownBytesMax = 262_144

/** What holds a credential by its name, whoever wrote it. */
const secretName =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|(?:^|[-_.])(?:api-?)?(?:key|token|secret|signature|sig|credential|password)$/i
const harmlessNames = new Set(['idempotency-key', 'sec-websocket-key'])
const secretMember =
  /("(?:api[-_]?key|access[-_]?token|refresh[-_]?token|client[-_]?secret|secret[-_]?key|secret|password|authorization)"\s{0,64}:\s{0,64}")((?:[^"\\]|\\.){1,8192})"/gi
/** What signing adds besides the signature. */
const plainAddition =
  /^(?:host|content-type|x-amz-content-sha256|x-[a-z]+-(?:date|timestamp|version|region|action|language))$/
/** Shorter values may stand anywhere. */
const madeLengthMin = 16
const scheme = /^(?:Bearer|Basic|Token) +/i

/** The request that goes to a service, but for what nobody may see. */
export function showSending(sending: Sending, redactor: Redactor, bodyBytesMax: number): ShownRequest {
  const { origin, host, request, credentials, credentialQuery } = sending
  const { method, path, headers, body } = request
  const added = new Set(secretAdditions(credentials).map(([name]) => name))
  const bytes = Buffer.isBuffer(body) ? body : null
  const framing = bytes === null ? [] : ['content-length', String(bytes.length)]
  return {
    method,
    url: redactor.text(origin + showPath(path, credentialQuery)),
    headers: showHeaders(['host', host, ...headers, ...framing], redactor, added),
    body: bytes === null ? null : showBody(bytes, redactor, bodyBytesMax, true),
  }
}

/** Values that were made to authenticate one request, such as a token that was fetched. */
export function madeSecrets(credentials: RawFields): string[] {
  return secretAdditions(credentials)
    .flatMap(([, value]) => [value, value.slice(value.lastIndexOf(' ') + 1)])
    .filter((value) => value.length >= madeLengthMin)
}

function secretAdditions(credentials: RawFields): [lowerName: string, value: string][] {
  const additions: [string, string][] = []
  for (let index = 0; index + 1 < credentials.length; index += 2) {
    const name = (credentials[index] as string).toLowerCase()
    if (!plainAddition.test(name)) additions.push([name, credentials[index + 1] as string])
  }
  return additions
}

/** `secretNames`, in lower case: what else is a credential, besides what its name gives away. */
export function showHeaders(
  fields: RawFields,
  redactor: Redactor,
  secretNames: ReadonlySet<string> = none,
): [string, string][] {
  const shown: [string, string][] = []
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] as string
    const value = fields[index + 1] as string
    const isSecret = secretNames.has(name.toLowerCase()) || isSecretName(name)
    shown.push([name, isSecret ? maskedField(value) : redactor.text(value)])
  }
  return shown
}

/**
 * Redacted before it is cut, which might leave half of a secret. `byName`: also what is one by its name, which the words
 * of whoever asks are spared.
 */
export function showBody(body: Buffer, redactor: Redactor, bytesMax: number, byName: boolean): ShownBody {
  const redacted = redactor.bytes(body)
  const isText = isUtf8(redacted)
  const bytes = isText && byName ? withoutMembers(redacted) : redacted
  const end = isText ? wholeEnd(bytes, bytesMax) : Math.min(bytesMax, bytes.length)
  const content = bytes.toString(isText ? 'utf8' : 'base64', 0, end)
  const encoding = isText ? 'text' : 'base64'
  return { encoding, content, bytes: body.length, isCut: end < bytes.length }
}

/** Where text of at most so many bytes ends with a whole character. */
export function wholeEnd(bytes: Buffer, max: number): number {
  if (bytes.length <= max) return bytes.length
  let end = max
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1
  return end
}

function showPath(path: string, credentialQuery: string): string {
  const question = path.indexOf('?')
  if (question === -1) return path
  const own = new Set(credentialQuery.split('&').map(nameOf))
  const pairs = path
    .slice(question + 1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      if (equals === -1) return pair
      const name = pair.slice(0, equals)
      const isSecret = (own.has(name) && credentialQuery !== '') || isSecretName(decoded(name))
      return isSecret ? `${name}=${masked(pair.slice(equals + 1))}` : pair
    })
  return `${path.slice(0, question)}?${pairs.join('&')}`
}

function nameOf(pair: string): string {
  const equals = pair.indexOf('=')
  return equals === -1 ? pair : pair.slice(0, equals)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmlessNames.has(name.toLowerCase())
}

function maskedField(value: string): string {
  const [start = ''] = scheme.exec(value) ?? []
  return start + masked(value.slice(start.length))
}

function withoutMembers(bytes: Buffer): Buffer {
  const text = bytes.toString()
  const masking = text.replaceAll(secretMember, maskMember)
  return masking === text ? bytes : Buffer.from(masking)
}

function maskMember(_: string, start: string, value: string): string {
  return `${start}${masked(value)}"`
}

const none: ReadonlySet<string> = new Set()
