import ipaddr from 'ipaddr.js'
import { isDnsName } from './dns-name.ts'
import type { InvalidField } from './error.ts'

/** Where an upstream listens: an IP address or a DNS name, and a port. */
export interface HostPort {
  /** In ASCII, lower case; IPv6 in its shortest form, without brackets. */
  readonly host: string
  readonly port: number
  readonly isAddress: boolean
}

type Complaint = Omit<InvalidField, 'path'>
export type HostPortReading =
  | { readonly ok: true; readonly value: HostPort }
  | { readonly ok: false; readonly complaint: Complaint }

/** Reads `10.0.0.7:8000`, `[fd00::7]:8000` and `chat.internal:8000`. */
export function readHostPort(written: string): HostPortReading {
  const text = written.trim()
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0]
  if (scheme !== undefined || text.includes('/')) {
    const place = text.slice(scheme?.length ?? 0).replace(/[/?#].*$/, '')
    const bare = place === '' || /:\d+$/.test(place) ? place : place + portOf(scheme)
    return wrong('not_bare', `Write host and port alone: ${bare}`, { bare })
  }
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text)
  if (bracketed === null && text.split(':').length > 2) {
    const message = 'Write an IPv6 address in brackets, such as [fd00::7]:8000.'
    return wrong('brackets', message)
  }
  const colon = text.indexOf(':')
  const host = bracketed ? (bracketed[1] ?? '') : colon === -1 ? text : text.slice(0, colon)
  const portText = bracketed ? bracketed[2] : colon === -1 ? undefined : text.slice(colon + 1)
  if (portText === undefined || portText === '') {
    return wrong('port_missing', 'Add the port, such as :8000.')
  }
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0
  if (port < 1 || port > 65_535) return wrong('port', 'Use a port between 1 and 65535.')
  return readHost(host, port, bracketed !== null)
}

/** Of an address that leaves its port to its scheme. */
function portOf(scheme: string | undefined): string {
  if (scheme?.toLowerCase() === 'https://') return ':443'
  return scheme?.toLowerCase() === 'http://' ? ':80' : ''
}

function readHost(written: string, port: number, isBracketed: boolean): HostPortReading {
  if (isBracketed) {
    if (!ipaddr.IPv6.isValid(written) || written.includes('%')) {
      return wrong('address', 'This is not an IPv6 address.')
    }
    return { ok: true, value: { host: ipaddr.parse(written).toString(), port, isAddress: true } }
  }
  if (ipaddr.IPv4.isValidFourPartDecimal(written)) {
    return { ok: true, value: { host: written, port, isAddress: true } }
  }
  const host = asciiHost(written)
  if (host === null) return wrong('host', 'Write an IP address or a DNS name, then : and the port.')
  return { ok: true, value: { host, port, isAddress: false } }
}

/** One label is enough: names of containers and of search domains have no dot. */
function asciiHost(written: string): string | null {
  const text = written.replace(/\.$/, '')
  if (text === '' || /[\s?#@\\[\]%*]/.test(text)) return null
  let host: string
  try {
    host = new URL(`http://${text}/`).hostname
  } catch {
    return null
  }
  return isDnsName(host) ? host : null
}

/** `10.0.0.7:8000`, `[fd00::7]:8000`. */
export function hostPortText({ host, port }: Pick<HostPort, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/**
 * What is wrong with a list of upstreams, by index. An address among names, or a name among addresses, is a service
 * of the other source: `params.source` says which.
 */
export function hostPortComplaints(
  texts: readonly string[],
  source: 'dns' | 'fixed',
): ReadonlyArray<Complaint & { readonly index: number }> {
  const first = new Map<string, number>()
  return texts.flatMap((text, index) => {
    const reading = readHostPort(text)
    if (!reading.ok) return [{ index, ...reading.complaint }]
    const kind = kindComplaint(reading.value, source)
    if (kind !== null) return [{ index, ...kind }]
    const normal = hostPortText(reading.value)
    const seen = first.get(normal)
    if (seen === undefined) {
      first.set(normal, index)
      return []
    }
    const message = `This repeats address ${seen + 1}.`
    return [{ index, code: 'repeated', message, params: { number: seen + 1 } }]
  })
}

function kindComplaint({ host, isAddress }: HostPort, source: 'dns' | 'fixed'): Complaint | null {
  if (isAddress === (source === 'fixed')) return null
  return isAddress
    ? {
        code: 'wrong_source',
        message: `${host} is an IP address. Use the source Fixed address for it.`,
        params: { source: 'fixed', host },
      }
    : {
        code: 'wrong_source',
        message: `${host} is a name. Use the source DNS name for it.`,
        params: { source: 'dns', host },
      }
}

function wrong(code: string, message: string, params?: Complaint['params']): HostPortReading {
  return { ok: false, complaint: { code, message, ...(params && { params }) } }
}
