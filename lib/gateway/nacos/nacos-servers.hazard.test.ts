import { afterEach, describe, expect, test } from 'vitest'
import { createGatewayMetrics } from '@/lib/gateway/stages/observe/gateway-metrics.ts'
import { makeInstance } from '@/lib/gateway/testing/make-snapshot.ts'
import { both, NacosStand, targetAt, two } from '@/lib/gateway/testing/nacos-stand.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import type { SecurityRuleSnapshot } from '@/lib/snapshot/snapshot.ts'

const stand = new NacosStand()
afterEach(() => stand.close())

describe('Servers of Nacos', () => {
  test('that forgot an instance get it again', async () => {
    const nacos = await stand.startNacos({ registersOnBeat: false })
    await stand.startRegistrar(stand.snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    nacos.state.clear()
    await until(() => nacos.addresses() === both, 'both are registered again')
  })

  test('that were away get everything again, and nothing has piled up', async () => {
    const nacos = await stand.startNacos()
    const { meter, gateway } = await stand.startRegistrar(stand.snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    await nacos.close()
    await until(() => meter()?.isUp === false, 'the failure is visible')
    await until(() => (meter()?.failures.get('unreachable') ?? 0) >= 2, 'it is tried again')
    gateway.apply(stand.snapshotOf([targetAt([nacos.url])], { instances: [two] }))
    const back = await stand.startNacos({ port: nacos.port, registersOnBeat: false })
    await until(() => back.addresses() === '10.0.0.2:8000', 'what is wanted now is registered')
    await until(() => meter()?.isUp === true && meter()?.registered === 1, 'the recovery is visible')
    expect(back.calls.length).toBeLessThan(8)
  })

  test('of a cluster stand in for each other', async () => {
    const [first, second] = [await stand.startNacos(), await stand.startNacos()]
    const { meter } = await stand.startRegistrar(stand.snapshotOf([targetAt([first.url, second.url])]))
    await until(() => first.addresses() === both, 'registered with the first')
    await first.close()
    await until(() => second.addresses() === both, 'registered with the second')
    // The server knows before the answer that tells the registrar has come.
    await until(() => meter()?.isUp === true, 'the registration is visible')
  })

  test('that ask for a user get a log-in, anew when it ends', async () => {
    const user = { name: 'nacos', password: 'secret' }
    const nacos = await stand.startNacos({ user })
    await stand.startRegistrar(
      stand.snapshotOf([targetAt([nacos.url], { username: 'nacos', password: 'secret' })]),
    )
    await until(() => nacos.addresses() === both, 'both are registered')
    expect(nacos.logins()).toBe(1)
    nacos.forgetTokens()
    const beats = nacos.beats()
    await until(() => nacos.logins() === 2 && nacos.beats() > beats + 4, 'the log-in was renewed once')
  })

  test('renew a log-in before it ends', async () => {
    const nacos = await stand.startNacos({ user: { name: 'nacos', password: 'secret' }, tokenSeconds: 1 })
    const { meter } = await stand.startRegistrar(
      stand.snapshotOf([targetAt([nacos.url], { username: 'nacos', password: 'secret' })]),
    )
    await until(() => nacos.logins() >= 3, 'it logs in again and again')
    expect(meter()?.failures.size).toBe(0)
  })

  test('that refuse the user are not asked in a loop, and metrics say why', async () => {
    const nacos = await stand.startNacos({ user: { name: 'nacos', password: 'secret' } })
    const { gateway } = await stand.startRegistrar(
      stand.snapshotOf([targetAt([nacos.url], { username: 'nacos', password: 'wrong' })]),
    )
    const page = async () => {
      let text = ''
      for await (const piece of createGatewayMetrics(gateway.engine, null)()) text += piece
      return text
    }
    await until(() => nacos.calls.length > 0, 'a log-in was tried')
    await until(
      () => (gateway.engine.observer.nacosMeters.get('eas_demo nac_1')?.failures.get('forbidden') ?? 0) >= 2,
      'it was refused',
    )
    const text = await page()
    expect(text).toContain('switchyard_nacos_up{service="demo",registration="nac_1"} 0')
    expect(text).toMatch(
      /switchyard_nacos_failures_total\{service="demo",registration="nac_1",reason="forbidden"\} \d/,
    )
    expect(text).toContain(
      'switchyard_nacos_instances{service="demo",registration="nac_1",state="registered"} 0',
    )
    expect(text).not.toContain('wrong')
    gateway.apply(stand.snapshotOf([targetAt([nacos.url], { username: 'nacos', password: 'secret' })]))
    await until(() => nacos.addresses() === both, 'the right password helps at once')
  })

  test('that speak something else make way for the next one', async () => {
    const odd = await stand.startOdd((_url, response) => {
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')
    })
    const nacos = await stand.startNacos()
    await stand.startRegistrar(stand.snapshotOf([targetAt([odd, nacos.url])]))
    await until(() => nacos.addresses() === both, 'the other one has them')
  })

  test('that will not have some instances get the others all the same', async () => {
    const taken = new Set<string>()
    const odd = await stand.startOdd((url, response) => {
      const ip = url.searchParams.get('ip') ?? ''
      const isWanted = ip.endsWith('1')
      if (isWanted) taken.add(ip)
      response.writeHead(isWanted ? 200 : 400).end('{}')
    })
    const bad = Array.from({ length: 9 }, (_, index) => makeInstance(`http://10.0.${index}.2:8000`))
    const good = Array.from({ length: 9 }, (_, index) => makeInstance(`http://10.0.${index}.1:8000`))
    const instances = [...bad, ...good].map((instance, index) => ({ ...instance, id: `ins_${index}` }))
    await stand.startRegistrar(stand.snapshotOf([targetAt([odd])], { instances }))
    await until(() => taken.size === good.length, 'those that may be there are')
  })

  test('that outbound rules or the egress policy forbid are not dialled', async () => {
    const nacos = await stand.startNacos()
    const deny: SecurityRuleSnapshot = {
      direction: 'outbound',
      portFrom: nacos.port,
      portTo: nacos.port,
      cidr: '127.0.0.0/8',
      action: 'deny',
    }
    const { gateway, meter } = await stand.startRegistrar(
      stand.snapshotOf([targetAt([nacos.url])], {}, [deny]),
    )
    await until(() => meter()?.failures.has('not_allowed') === true, 'the refusal is visible')
    expect(nacos.calls).toEqual([])
    gateway.apply(stand.snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'allowed, it is registered')
    const named = stand.snapshotOf([targetAt([`http://localhost:${nacos.port}`], { id: 'nac_2' })])
    gateway.apply({ ...named, egress: { denyCidrs: ['127.0.0.0/8', '::1/128'], allowCidrs: [] } })
    const second = () => gateway.engine.observer.nacosMeters.get('eas_demo nac_2')
    await until(() => second()?.failures.has('not_allowed') === true, 'resolved addresses are judged too')
  })
})
