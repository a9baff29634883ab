import { connect as connectTcp } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { recordClientHello } from '@/lib/gateway/testing/client-hello.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { certificates, received, requestTo, TlsStand, tlsSnapshot } from '@/lib/gateway/testing/tls-stand.ts'

const stand = new TlsStand()

afterEach(() => stand.close())

const nameOf = (socket: TLSSocket) => socket.getPeerCertificate().subjectaltname

describe('A handshake', () => {
  test.each([
    ['one.test', 'DNS:one.test, DNS:*.one.test'],
    ['ONE.test', 'DNS:one.test, DNS:*.one.test'],
    ['demo.one.test', 'DNS:one.test, DNS:*.one.test'],
    ['a.wild.test', 'DNS:*.wild.test'],
  ])('for %s gets the certificate of that name', async (servername, names) => {
    const gateway = await stand.startGateway(await stand.startModel(), {
      'one.test': certificates.one,
      '*.wild.test': certificates.wild,
    })
    expect(nameOf(await stand.shake(gateway, { servername }))).toBe(names)
  })

  test.each(['other.test', 'wild.test', 'a.b.wild.test', 'a.b.one.test', ''])(
    'for %j is refused with the alert unrecognized_name where there are several',
    async (servername) => {
      const gateway = await stand.startGateway(await stand.startModel(), {
        'one.test': certificates.one,
        '*.wild.test': certificates.wild,
      })
      await expect(stand.shake(gateway, { servername })).rejects.toThrow(/unrecognized.name/i)
      expect((await stand.shake(gateway)).authorized).toBe(false)
    },
  )

  test('without a name gets the certificate of a side that has only one, also after it was replaced', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const first = await stand.shake(gateway, { servername: '' })
    expect(first.getPeerCertificate().fingerprint256).toBe(
      (await stand.shake(gateway)).getPeerCertificate().fingerprint256,
    )
    gateway.apply(tlsSnapshot(model.url, { 'one.test': certificates.renewed }, { revision: 2 }))
    const second = await stand.shake(gateway, { servername: '' })
    expect(second.getPeerCertificate().fingerprint256).not.toBe(first.getPeerCertificate().fingerprint256)
    await expect(stand.shake(gateway, { servername: 'other.test' })).rejects.toThrow(/unrecognized.name/i)
  })

  test('is refused on a side without certificates, and before the first snapshot', async () => {
    const model = await stand.startModel()
    await expect(stand.shake(await stand.startGateway(model, {}))).rejects.toThrow(/unrecognized.name/i)
    const empty = await startGateway(null)
    stand.closers.push(empty.close)
    await expect(stand.shake(empty)).rejects.toThrow(/unrecognized.name/i)
  })

  test.each([
    [['h2', 'http/1.1'], 'h2'],
    [['http/1.1'], 'http/1.1'],
    [undefined, false],
  ])('offering %j agrees on %s', async (ALPNProtocols, agreed) => {
    const gateway = await stand.startGateway(await stand.startModel())
    const socket = await stand.shake(gateway, ALPNProtocols === undefined ? {} : { ALPNProtocols })
    expect(socket.alpnProtocol).toBe(agreed)
    if (agreed === 'h2') return
    const text = received(socket)
    socket.write(requestTo())
    await until(() => text().includes('heard 0'), 'HTTP/1.1 was spoken')
  })

  test('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    const gateway = await stand.startGateway(await stand.startModel())
    expect((await stand.shake(gateway, { maxVersion: 'TLSv1.2' })).getProtocol()).toBe('TLSv1.2')
    expect((await stand.shake(gateway)).getProtocol()).toBe('TLSv1.3')
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    await expect(stand.shake(gateway, old)).rejects.toThrow()
  })

  test('that dawdles, at any point, loses its place after the time for headers', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    gateway.apply({
      ...tlsSnapshot(model.url),
      limits: { ...tlsSnapshot(model.url).limits, clientHeadersMs: 300 },
    })
    const silent = await RawClient.open(gateway.tlsPort)
    const partial = await RawClient.open(gateway.tlsPort)
    partial.send('\x16\x03\x01\x02\x00\x01\x00\x01\xfc')
    const stuck = await RawClient.open(gateway.tlsPort)
    stuck.socket.write(await recordClientHello('one.test'))
    await until(() => stuck.received !== '', 'the server said hello')
    await until(() => silent.isClosed && partial.isClosed && stuck.isClosed, 'all were closed')
    await until(() => gateway.connections() === 0, 'none is counted any more')
  })

  test.each([
    'GET / HTTP/1.1\r\n\r\n',
    '\x16\x02',
    '\x16\x03\x01\x00\x00',
    '\x16\x03\x01\x00\x04\x02\x00\x00\x00',
  ])('that is none is closed: %j', async (bytes) => {
    const gateway = await stand.startGateway(await stand.startModel())
    const client = await RawClient.open(gateway.tlsPort)
    client.send(bytes)
    await until(() => client.isClosed, 'it was closed')
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('resumes a session of %s', async (version) => {
    const gateway = await stand.startGateway(await stand.startModel())
    const options = { minVersion: version, maxVersion: version }
    const first = await stand.shake(gateway, options)
    let session = first.getSession()
    first.on('session', (ticket) => {
      session = ticket
    })
    const text = received(first)
    first.write(requestTo())
    await until(() => text().includes('heard'), 'it was served')
    const second = await stand.shake(gateway, { ...options, ...(session && { session }) })
    expect(second.isSessionReused()).toBe(true)
    expect(first.isSessionReused()).toBe(false)
  })

  test('follows a PROXY header, and the address in it is who calls', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const trusting = {
      revision: 2,
      trustedProxies: ['127.0.0.1'],
      proxyProtocol: { internet: true, vpc: false },
      access: { internet: ['192.0.2.7/32'], vpc: null },
    }
    gateway.apply(tlsSnapshot(model.url, undefined, trusting))
    for (const [last, status] of [
      [7, 200],
      [8, 403],
    ] as const) {
      const transport = connectTcp(gateway.tlsPort, '127.0.0.1')
      transport.write(proxyHeader(last))
      const socket = await stand.shake(gateway, { socket: transport })
      const text = received(socket)
      socket.write(requestTo())
      await until(() => text().startsWith(`HTTP/1.1 ${status}`), `the answer was ${status}`)
    }
  })
})

function proxyHeader(last: number): Buffer {
  const head = Buffer.from('\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c', 'latin1')
  return Buffer.concat([head, Buffer.from([192, 0, 2, last, 10, 0, 0, 1, 0x30, 0x39, 0, 80])])
}
