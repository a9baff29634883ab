import { AUTHORITATIVE_ANSWER, decode, encode, type Packet, RECURSION_DESIRED } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerQuery, type QueryOrigin } from './answer-query.ts'
import { ZoneTable } from './zone-table.ts'

const zones = new ZoneTable([
  {
    name: 'gw-edge-vpc.example.com',
    gatewayId: 'gw_1',
    addresses: ['10.0.0.7', '10.0.0.8', '2001:db8::7'],
    allow: ['10.0.0.0/16', '127.0.0.0/8', '2001:db8::/32'],
  },
])
const inside: QueryOrigin = { address: '10.0.3.4', transport: 'udp' }

function ask(
  question: { name: string; type: 'A' | 'AAAA' | 'TXT' | 'SOA' | 'NS' },
  extra: Partial<Packet> = {},
  origin = inside,
) {
  const message = encode({
    type: 'query',
    id: 77,
    flags: RECURSION_DESIRED,
    questions: [{ ...question, class: 'IN' }],
    ...extra,
  })
  return reading(answerQuery(message, origin, zones))
}

const rcodeNames: Readonly<Record<number, string>> = { 0: 'NOERROR', 1: 'FORMERR', 4: 'NOTIMP', 5: 'REFUSED' }

function reading(answer: Buffer | null) {
  if (answer === null) return null
  const packet = decode(answer)
  const data = (packet.answers ?? []).flatMap((record) => ('data' in record ? [record.data] : []))
  return { packet, data, rcode: rcodeNames[(packet.flags ?? 0) & 0xf] }
}

describe('a name server of gateways', () => {
  test('answers for the name and for every name below it, with authority and without recursion', () => {
    for (const name of [
      'gw-edge-vpc.example.com',
      'qwen-7b.gw-edge-vpc.example.com',
      'QWEN-7b.GW-Edge-vpc.Example.com',
    ]) {
      const answer = ask({ name, type: 'A' })
      expect(answer?.data).toEqual(['10.0.0.7', '10.0.0.8'])
      expect(answer?.packet.questions?.[0]?.name).toBe(name)
      expect((answer?.packet.flags ?? 0) & AUTHORITATIVE_ANSWER).toBe(AUTHORITATIVE_ANSWER)
      expect(answer?.packet.id).toBe(77)
    }
    expect(ask({ name: 'gw-edge-vpc.example.com', type: 'AAAA' })?.data).toEqual(['2001:db8::7'])
  })

  test('has no other records for its names, and says from whom it knows', () => {
    const answer = ask({ name: 'gw-edge-vpc.example.com', type: 'TXT' })
    expect(answer?.rcode).toBe('NOERROR')
    expect(answer?.data).toEqual([])
    expect(answer?.packet.authorities?.[0]?.type).toBe('SOA')
    expect(ask({ name: 'gw-edge-vpc.example.com', type: 'SOA' })?.packet.answers?.[0]?.type).toBe('SOA')
    expect(ask({ name: 'gw-edge-vpc.example.com', type: 'NS' })?.data).toEqual(['gw-edge-vpc.example.com'])
  })

  test('refuses other names, and callers outside the blocks of the VPC', () => {
    expect(ask({ name: 'example.com', type: 'A' })?.rcode).toBe('REFUSED')
    expect(ask({ name: 'notgw-edge-vpc.example.com', type: 'A' })?.rcode).toBe('REFUSED')
    const outside = ask(
      { name: 'gw-edge-vpc.example.com', type: 'A' },
      {},
      { address: '192.0.2.1', transport: 'udp' },
    )
    expect(outside?.rcode).toBe('REFUSED')
    expect(outside?.data).toEqual([])
  })

  test('knows a mapped address as the IPv4 address that it carries', () => {
    const origin = { address: '::ffff:10.0.3.4', transport: 'udp' } as const
    expect(ask({ name: 'gw-edge-vpc.example.com', type: 'A' }, {}, origin)?.data).toHaveLength(2)
  })

  test('is silent to answers and fragments, and says what is wrong with other messages', () => {
    expect(answerQuery(Buffer.alloc(11), inside, zones)).toBeNull()
    expect(answerQuery(encode({ type: 'response', id: 1 }), inside, zones)).toBeNull()
    expect(reading(answerQuery(encode({ type: 'query', id: 5, questions: [] }), inside, zones))?.rcode).toBe(
      'FORMERR',
    )
    const update = encode({ type: 'query', id: 5, flags: 5 << 11, questions: [] })
    expect(reading(answerQuery(update, inside, zones))?.rcode).toBe('NOTIMP')
  })

  test('tells by TC what does not fit into a datagram, and sends it over TCP', () => {
    const many = Array.from({ length: 60 }, (_, index) => `10.0.1.${index}`)
    const table = new ZoneTable([
      { name: 'a.test', gatewayId: 'gw_1', addresses: many, allow: ['10.0.0.0/8'] },
    ])
    const message = encode({ type: 'query', id: 1, questions: [{ name: 'a.test', type: 'A', class: 'IN' }] })
    const datagram = answerQuery(message, inside, table)
    expect(datagram?.length).toBeLessThanOrEqual(512)
    expect(decode(datagram ?? Buffer.alloc(0))).toMatchObject({ flag_tc: true, answers: [] })
    expect(reading(answerQuery(message, { ...inside, transport: 'tcp' }, table))?.data).toHaveLength(60)
  })

  test('answers EDNS in kind, and version 1 of it with BADVERS', () => {
    const options = (ednsVersion: number): Packet['additionals'] => [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: 4096,
        extendedRcode: 0,
        ednsVersion,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ]
    const answer = ask({ name: 'gw-edge-vpc.example.com', type: 'A' }, { additionals: options(0) })
    expect(answer?.packet.additionals).toMatchObject([
      { type: 'OPT', udpPayloadSize: 1232, extendedRcode: 0 },
    ])
    const newer = ask({ name: 'gw-edge-vpc.example.com', type: 'A' }, { additionals: options(1) })
    expect(newer?.packet.additionals).toMatchObject([{ type: 'OPT', extendedRcode: 1 }])
    expect(newer?.data).toEqual([])
  })

  test('outlives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const answer = answerQuery(Buffer.from(bytes), inside, zones)
        if (answer !== null) expect(answer.readUInt16BE(0)).toBe(Buffer.from(bytes).readUInt16BE(0))
      }),
      { numRuns: 2000 },
    )
  })
})
