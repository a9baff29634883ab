import { refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import type { InnerList } from './structured-fields.ts'

/** What is signed. */
export interface SignedMessage {
  readonly exchange: Pick<Exchange, 'scheme' | 'method' | 'target' | 'rawHeaders'>
  readonly request: Pick<Admitted, 'url' | 'host'>
}

/** More are no signature that a client makes, and each costs a pass over the headers. */
const componentsMax = 32

/** The text that a signature is over (RFC 9421 §2.5). Throws `credential_rejected` on what is not there, or not understood. */
export function signatureBase(message: SignedMessage, input: InnerList): string {
  const { items, text } = input
  if (items.length > componentsMax) {
    throw refusal('credential_rejected', `A signature covers at most ${componentsMax} components.`)
  }
  const lines: string[] = []
  const names = new Set<string>()
  for (const { bare, parameters } of items) {
    const { type, value: name } = bare
    if (type !== 'string' || typeof name !== 'string' || names.has(name)) {
      throw refusal('credential_rejected', 'The components of the signature are not distinct names.')
    }
    if (parameters.size > 0) {
      throw refusal(
        'credential_rejected',
        `The signature covers ${bare.text} with parameters. Leave them out.`,
      )
    }
    names.add(name)
    lines.push(`${bare.text}: ${componentValue(message, name)}`)
  }
  lines.push(`"@signature-params": ${text}`)
  return lines.join('\n')
}

function componentValue({ exchange, request }: SignedMessage, name: string): string {
  if (!name.startsWith('@')) return fieldValue(exchange.rawHeaders, name)
  const { url } = request
  const question = url.indexOf('?')
  switch (name) {
    case '@method':
      return exchange.method
    case '@scheme':
      return exchange.scheme
    case '@authority':
      return authorityOf(exchange, request)
    case '@target-uri':
      return `${exchange.scheme}://${authorityOf(exchange, request)}${url}`
    case '@request-target':
      return exchange.target
    case '@path':
      return question === -1 ? url : url.slice(0, question) || '/'
    case '@query':
      return question === -1 ? '?' : url.slice(question)
    default:
      throw refusal('credential_rejected', `The signature covers "${name}", which is not understood here.`)
  }
}

/** Lower case, without the scheme's own port (RFC 9421 §2.2.3). */
function authorityOf({ scheme }: SignedMessage['exchange'], { host }: SignedMessage['request']): string {
  const lower = host.toLowerCase()
  const port = scheme === 'https' ? ':443' : ':80'
  return lower.endsWith(port) ? lower.slice(0, -port.length) : lower
}

/** All its lines (RFC 9421 §2.1). Throws `credential_rejected` where it is not there. */
function fieldValue(rawHeaders: readonly string[], name: string): string {
  const value = combinedField(rawHeaders, name)
  if (value !== null) return value
  throw refusal('credential_rejected', `The signature covers "${name}", which the request does not have.`)
}

/** Every line of a field, without the space around it, with commas between; null without. `lowerName` is in lower case. */
export function combinedField(rawHeaders: readonly string[], lowerName: string): string | null {
  let combined: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (name.length !== lowerName.length || name.toLowerCase() !== lowerName) continue
    const value = (rawHeaders[index + 1] as string).trim()
    combined = combined === null ? value : `${combined}, ${value}`
  }
  return combined
}
