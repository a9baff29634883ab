import { createSocket } from 'node:dgram'
import dnsPacket, { type Answer } from 'dns-packet'
import { afterEach, expect, test } from 'vitest'
import { resolveDomain } from './resolve-domain.ts'

type Records = Readonly<Record<string, readonly Answer[]>>

const closes: (() => void)[] = []
afterEach(() => {
  for (const close of closes.splice(0)) close()
})

/** A DNS server over UDP that knows these records; null: it hears everything and never answers. */
async function startServer(records: Records | null): Promise<string> {
  const socket = createSocket('udp4')
  socket.on('message', (message, { address, port }) => {
    if (records === null) return
    const { id, questions } = dnsPacket.decode(message)
    const [question] = questions ?? []
    const known = records[question?.name.toLowerCase() ?? '']
    const answers = (known ?? []).filter(({ type }) => type === question?.type || type === 'CNAME')
    const last = answers.find(({ type }) => type === 'CNAME')
    // A resolver follows aliases for whoever asks for addresses.
    const target = last !== undefined && 'data' in last ? String(last.data) : ''
    const followed =
      question?.type === 'CNAME' ? [] : (records[target] ?? []).filter(({ type }) => type === question?.type)
    socket.send(
      dnsPacket.encode({
        type: 'response',
        ...(id !== undefined && { id }),
        flags: known === undefined ? 3 : 0,
        questions: questions ?? [],
        answers: [...answers, ...followed],
      }),
      port,
      address,
    )
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  closes.push(() => socket.close())
  return `127.0.0.1:${socket.address().port}`
}

const cname = (name: string, data: string): Answer => ({ type: 'CNAME', name, data })
const a = (name: string, data: string): Answer => ({ type: 'A', name, data })

const target = { cname: 'gw-edge.example.net', addresses: ['192.0.2.1'] }
const records: Records = {
  'gw-edge.example.net': [a('gw-edge.example.net', '192.0.2.8')],
  'right.example.com': [cname('right.example.com', 'gw-edge.example.net')],
  'switchyard-dns-check.example.com': [cname('switchyard-dns-check.example.com', 'gw-edge.example.net')],
  'twice.example.com': [cname('twice.example.com', 'right.example.com')],
  'address.example.com': [a('address.example.com', '192.0.2.8')],
  'own.example.com': [a('own.example.com', '192.0.2.1')],
  'half.example.com': [a('half.example.com', '192.0.2.1'), a('half.example.com', '203.0.113.9')],
  'wrong.example.com': [a('wrong.example.com', '203.0.113.9')],
  'lost.example.com': [cname('lost.example.com', 'nowhere.example.org')],
  'round.example.com': [cname('round.example.com', 'round.example.com')],
  'empty.example.com': [],
}

test.each([
  ['right.example.com', 'resolves', 'CNAME gw-edge.example.net'],
  ['twice.example.com', 'resolves', 'CNAME gw-edge.example.net'],
  ['*.example.com', 'resolves', 'CNAME gw-edge.example.net'],
  ['address.example.com', 'resolves', '192.0.2.8'],
  ['own.example.com', 'resolves', '192.0.2.1'],
  ['half.example.com', 'elsewhere', '192.0.2.1, 203.0.113.9'],
  ['wrong.example.com', 'elsewhere', '203.0.113.9'],
  ['lost.example.com', 'elsewhere', 'CNAME nowhere.example.org'],
  ['round.example.com', 'elsewhere', 'CNAME round.example.com'],
  ['empty.example.com', 'missing', null],
  ['unknown.example.com', 'missing', null],
])('%s is found to be: %s', async (name, state, found) => {
  const servers = [await startServer(records)]
  expect(await resolveDomain(name, target, { servers, timeoutMs: 5000 })).toEqual({ state, found })
})

test('servers that do not answer make it unknown, and nobody waits long', async () => {
  const servers = [await startServer(null)]
  const finding = await resolveDomain('right.example.com', target, { servers, timeoutMs: 50 })
  expect(finding).toEqual({ state: 'unknown', found: 'The DNS servers did not answer (ETIMEOUT).' })
})
