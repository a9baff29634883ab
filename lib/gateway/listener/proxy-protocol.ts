import { isIPv6 } from 'node:net'

/** The fixed part: signature, version and command, family, length. */
const fixedBytes = 16
/** Longer than any sender's addresses and TLVs together; what claims more is not a proxy's header. */
const bytesMax = 4_096
const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')

const versionTwo = 0x20
const commands = { local: 0, proxy: 1 } as const
const families = { unspecified: 0, ipv4: 1, ipv6: 2, unix: 3 } as const
const addressBytes: Readonly<Record<number, number>> = {
  [families.unspecified]: 0,
  [families.ipv4]: 12,
  [families.ipv6]: 36,
  [families.unix]: 216,
}
const transportMax = 2

export type ProxyHeader =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid' }
  /** `address` is null where the sender speaks for itself (LOCAL) or names no Internet address. */
  | { readonly kind: 'valid'; readonly byteLength: number; readonly address: string | null }

const incomplete: ProxyHeader = { kind: 'incomplete' }
const invalid: ProxyHeader = { kind: 'invalid' }

/** Reads a PROXY protocol version 2 header (haproxy, proxy-protocol.txt §2.2) off the beginning of a connection. */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const known = Math.min(bytes.length, signature.length)
  if (bytes.compare(signature, 0, known, 0, known) !== 0) return invalid
  if (bytes.length < fixedBytes) return incomplete
  const versionAndCommand = bytes.readUInt8(12)
  const command = versionAndCommand & 0x0f
  if ((versionAndCommand & 0xf0) !== versionTwo || command > commands.proxy) return invalid
  const byteLength = fixedBytes + bytes.readUInt16BE(14)
  if (byteLength > bytesMax) return invalid
  if (command === commands.proxy && !hasItsAddresses(bytes.readUInt8(13), byteLength)) return invalid
  if (bytes.length < byteLength) return incomplete
  const address = command === commands.local ? null : sourceAddress(bytes)
  return { kind: 'valid', byteLength, address }
}

function hasItsAddresses(familyAndTransport: number, byteLength: number): boolean {
  const needed = addressBytes[familyAndTransport >> 4]
  if (needed === undefined || (familyAndTransport & 0x0f) > transportMax) return false
  return byteLength - fixedBytes >= needed
}

function sourceAddress(bytes: Buffer): string | null {
  switch (bytes.readUInt8(13) >> 4) {
    case families.ipv4:
      return bytes.subarray(16, 20).join('.')
    case families.ipv6:
      return ipv6Text(bytes.subarray(16, 32))
    default:
      return null
  }
}

/** The canonical text (RFC 5952), as a socket would give it. */
function ipv6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16))
  const { hostname } = new URL(`http://[${groups.join(':')}]`)
  const text = hostname.slice(1, -1)
  return isIPv6(text) ? text : groups.join(':')
}
