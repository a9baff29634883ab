export interface ClientHello {
  readonly protocol: 'tls'
  /** Of the server_name extension, in lower case without a dot at the end; null without. */
  readonly serverName: string | null
}

const recordHeaderBytes = 5
const handshakeHeaderBytes = 4
const handshakeRecord = 22
const clientHelloType = 1
const serverNameExtension = 0
const hostNameType = 0
/** Far above what any client sends, key shares of today's post-quantum exchanges included. */
const helloBytesMax = 32_768

/**
 * Reads the name that a TLS client asks for (RFC 8446 §4.1.2, RFC 6066 §3) off the beginning of a connection. Null
 * while more is needed; `unknown` for what is no ClientHello. What is wrong beyond the name is left to TLS itself.
 */
export function readClientHello(bytes: Buffer): ClientHello | 'unknown' | null {
  const message = handshakeMessage(bytes)
  if (message === 'unknown' || message === null) return message
  try {
    return { protocol: 'tls', serverName: serverNameOf(message) }
  } catch (error) {
    if (error instanceof RangeError) return 'unknown'
    throw error
  }
}

/**
 * The body of the first handshake message, which may be spread over several records. Run anew with every packet of a
 * caller that may dawdle, so nothing is copied before the message is whole.
 */
function handshakeMessage(bytes: Buffer): Buffer | 'unknown' | null {
  if (bytes.length > helloBytesMax) return 'unknown'
  let header = 0
  let gathered = 0
  let at = 0
  for (;;) {
    if (at < bytes.length && bytes[at] !== handshakeRecord) return 'unknown'
    if (at + 1 < bytes.length && bytes[at + 1] !== 3) return 'unknown'
    if (at + recordHeaderBytes > bytes.length) return null
    const length = bytes.readUInt16BE(at + 3)
    if (length === 0) return 'unknown'
    const start = at + recordHeaderBytes
    at = start + length
    const end = Math.min(at, bytes.length)
    const headerEnd = Math.min(end, start + Math.max(handshakeHeaderBytes - gathered, 0))
    for (let index = start; index < headerEnd; index++) header = header * 256 + (bytes[index] as number)
    gathered += end - start
    if (gathered >= handshakeHeaderBytes) {
      const bodyLength = header % 2 ** 24
      if (header >>> 24 !== clientHelloType || bodyLength > helloBytesMax) return 'unknown'
      if (gathered >= handshakeHeaderBytes + bodyLength) return joined(bytes, bodyLength)
    }
    if (at > bytes.length) return null
  }
}

/** The message's body out of records that hold all of it. */
function joined(bytes: Buffer, length: number): Buffer {
  const fragments: Buffer[] = []
  for (let at = 0, gathered = 0; gathered < handshakeHeaderBytes + length; ) {
    const start = at + recordHeaderBytes
    at = start + bytes.readUInt16BE(at + 3)
    const fragment = bytes.subarray(start, at)
    fragments.push(fragment)
    gathered += fragment.length
  }
  const all = fragments.length === 1 ? (fragments[0] as Buffer) : Buffer.concat(fragments)
  return all.subarray(handshakeHeaderBytes, handshakeHeaderBytes + length)
}

/** Throws a RangeError where lengths lie. */
function serverNameOf(hello: Buffer): string | null {
  // Version and random.
  let at = 34
  at += 1 + hello.readUInt8(at)
  at += 2 + hello.readUInt16BE(at)
  at += 1 + hello.readUInt8(at)
  if (at === hello.length) return null
  const end = at + 2 + hello.readUInt16BE(at)
  at += 2
  while (at < end) {
    const type = hello.readUInt16BE(at)
    const length = hello.readUInt16BE(at + 2)
    if (type === serverNameExtension) return hostNameOf(hello.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}

function hostNameOf(list: Buffer): string | null {
  let at = 2
  while (at < list.length) {
    const length = list.readUInt16BE(at + 1)
    if (list[at] === hostNameType) {
      const name = list.toString('latin1', at + 3, at + 3 + length).toLowerCase()
      return name.endsWith('.') ? name.slice(0, -1) : name
    }
    at += 3 + length
  }
  return null
}
