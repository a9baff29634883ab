import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  type Question,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
} from 'dns-packet'
import { answersTo, type Zone, type ZoneTable } from './zone-table.ts'

/** RFC 1035 §4.1.1 and RFC 6895. */
const rcodes = { noError: 0, formatError: 1, notImplemented: 4, refused: 5, badVersion: 16 } as const

const headerBytes = 12
const responseBit = 0x80
/** What a UDP answer may have when the query says nothing of it (RFC 1035 §4.2.1). */
const plainUdpBytes = 512
/** Fits an Ethernet frame over IPv6 (the DNS flag day's advice). */
const udpBytesMax = 1232
/** Seconds. Names of gateways follow their addresses quickly. */
const ttl = 30

export interface QueryOrigin {
  readonly address: string
  readonly transport: 'udp' | 'tcp'
}

/**
 * The answer to one DNS message, or null where silence is right: what is too short to have an id, and answers, which
 * would make two servers talk for ever. Authoritative only (RFC 1034): no recursion, REFUSED for other names and for
 * callers outside the zone's blocks.
 */
export function answerQuery(message: Buffer, origin: QueryOrigin, zones: ZoneTable): Buffer | null {
  if (message.length < headerBytes || ((message[2] as number) & responseBit) !== 0) return null
  const id = message.readUInt16BE(0)
  const opcode = ((message[2] as number) >> 3) & 0xf
  if (opcode !== 0) return bare(id, rcodes.notImplemented)
  const query = readQuery(message)
  if (query === null) return bare(id, rcodes.formatError)
  const { question, options } = query
  const reply = toReply(id, query.flags, question)
  const limit = byteLimit(origin, options)
  if (options !== null) {
    reply.additionals = [replyOptions(options.ednsVersion > 0 ? rcodes.badVersion >> 4 : 0)]
    if (options.ednsVersion > 0) return encode(reply)
  }
  const zone = question.class === 'IN' ? zones.zoneOf(question.name) : null
  if (zone === null || !answersTo(zone, origin.address)) {
    return encode({ ...reply, flags: (reply.flags ?? 0) | rcodes.refused })
  }
  return fitted(
    { ...reply, ...recordsFor(question, zone), flags: (reply.flags ?? 0) | AUTHORITATIVE_ANSWER },
    limit,
  )
}

type Options = Extract<Answer, { type: 'OPT' }>

function readQuery(
  message: Buffer,
): { readonly question: Question; readonly flags: number; readonly options: Options | null } | null {
  let packet: Packet
  try {
    packet = decode(message)
  } catch {
    return null
  }
  const [question, ...more] = packet.questions ?? []
  const options = (packet.additionals ?? []).filter((record): record is Options => record.type === 'OPT')
  // Two of either mean a message that nobody sends in good faith (RFC 9619, RFC 6891 §6.1.1).
  if (question === undefined || more.length > 0 || options.length > 1) return null
  return { question, flags: packet.flags ?? 0, options: options[0] ?? null }
}

function toReply(id: number, queryFlags: number, question: Question): Packet {
  // The question goes back as it was written: resolvers compare the case of its letters.
  return { type: 'response', id, flags: queryFlags & RECURSION_DESIRED, questions: [question] }
}

function recordsFor(question: Question, zone: Zone): Pick<Packet, 'answers' | 'authorities'> {
  const { name, type } = question
  const isApex = name.toLowerCase() === zone.name
  if (type === 'A' || type === 'AAAA') {
    const addresses = zone.addresses[type]
    if (addresses.length > 0) {
      return { answers: addresses.map((data) => ({ type, name, ttl, class: 'IN', data })) }
    }
  }
  if (isApex && type === 'SOA') return { answers: [startOfAuthority(zone)] }
  if (isApex && type === 'NS') {
    return { answers: [{ type: 'NS', name, ttl, class: 'IN', data: zone.name }] }
  }
  // The name exists and has no such record (RFC 2308 §2.2).
  return { authorities: [startOfAuthority(zone)] }
}

function startOfAuthority({ name }: Zone): Answer {
  const data = {
    mname: name,
    rname: `hostmaster.${name}`,
    serial: 1,
    refresh: 3600,
    retry: 600,
    expire: 86_400,
    minimum: ttl,
  }
  return { type: 'SOA', name, ttl, class: 'IN', data }
}

function replyOptions(extendedRcode: number): Options {
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: udpBytesMax,
    extendedRcode,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  }
}

function byteLimit({ transport }: QueryOrigin, options: Options | null): number {
  if (transport === 'tcp') return 65_535
  if (options === null) return plainUdpBytes
  return Math.min(udpBytesMax, Math.max(plainUdpBytes, options.udpPayloadSize))
}

/** What does not fit is left out, and the caller is told to come by TCP (RFC 2181 §9). */
function fitted(reply: Packet, limit: number): Buffer {
  const whole = encode(reply)
  if (whole.length <= limit) return whole
  return encode({ ...reply, answers: [], authorities: [], flags: (reply.flags ?? 0) | TRUNCATED_RESPONSE })
}

function bare(id: number, rcode: number): Buffer {
  return encode({ type: 'response', id, flags: rcode, questions: [] })
}
