import { afterEach, describe, expect, test } from 'vitest'
import { makeInstance } from '@/lib/gateway/testing/make-snapshot.ts'
import { both, NacosStand, one, targetAt, two } from '@/lib/gateway/testing/nacos-stand.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'

const stand = new NacosStand()
afterEach(() => stand.close())

describe('Ready instances', () => {
  test('are registered with weight and metadata, and kept by beats', async () => {
    const nacos = await stand.startNacos()
    const { meter } = await stand.startRegistrar(stand.snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    expect(nacos.state.list('public', 'models@@qwen')[0]).toMatchObject({
      weight: 3,
      ephemeral: true,
      healthy: true,
      metadata: {
        'preserved.register.source': 'SWITCHYARD',
        'switchyard.service': 'eas_demo',
        'switchyard.instance': 'ins_one',
      },
    })
    await until(() => nacos.beats() >= 6, 'beats come again and again')
    expect(nacos.calls.filter((call) => call.startsWith('POST '))).toHaveLength(2)
    expect(meter()).toMatchObject({ wanted: 2, registered: 2, isUp: true })
  })

  test('are withdrawn when they are not ready, and come back', async () => {
    const nacos = await stand.startNacos()
    const { gateway } = await stand.startRegistrar(stand.snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    const service = gateway.engine.runtimes.current?.services[0]
    const state = service?.instances[0]?.state
    if (service === undefined || state === undefined) throw new Error('No instance.')
    const check = (health: 'ready' | 'unready') => {
      const before = state.health.state
      state.health = { state: health, reason: null, since: 0, checkedAt: 0 }
      service.fleet.checked(state, before)
    }
    check('unready')
    await until(() => nacos.addresses() === '10.0.0.2:8000', 'the unready one is withdrawn')
    check('ready')
    await until(() => nacos.addresses() === both, 'it is registered again')
  })

  test('are withdrawn when they are removed, or their service is stopped or goes', async () => {
    const nacos = await stand.startNacos()
    const target = targetAt([nacos.url])
    const { gateway, meter } = await stand.startRegistrar(stand.snapshotOf([target]))
    await until(() => nacos.addresses() === both, 'both are registered')
    gateway.apply(stand.snapshotOf([target], { instances: [two] }))
    await until(() => nacos.addresses() === '10.0.0.2:8000', 'the removed one is withdrawn')
    gateway.apply(stand.snapshotOf([target], { running: false }))
    await until(() => nacos.addresses() === '', 'those of a stopped service are withdrawn')
    gateway.apply(stand.snapshotOf([target]))
    await until(() => nacos.addresses() === both, 'they are registered again')
    gateway.apply(stand.emptySnapshot())
    await until(() => nacos.addresses() === '', 'those of a service that went are withdrawn')
    expect(meter()).toBeUndefined()
  })

  test('follow changes of weight and place', async () => {
    const nacos = await stand.startNacos()
    const { gateway } = await stand.startRegistrar(
      stand.snapshotOf([targetAt([nacos.url])], { instances: [one] }),
    )
    const weights = () => nacos.state.list('public', 'models@@qwen').map(({ weight }) => weight)
    await until(() => weights().join() === '3', 'it is registered')
    gateway.apply(stand.snapshotOf([targetAt([nacos.url])], { instances: [{ ...one, weight: 5 }] }))
    await until(() => weights().join() === '5', 'its new weight is known')
    gateway.apply(stand.snapshotOf([targetAt([nacos.url], { namespace: 'prod', group: 'DEFAULT_GROUP' })]))
    await until(() => nacos.addresses('DEFAULT_GROUP@@qwen', 'prod') === both, 'they are at the new place')
    await until(() => nacos.addresses() === '', 'and not at the old one')
  })

  test('are registered in every cluster that is named', async () => {
    const [first, second] = [await stand.startNacos(), await stand.startNacos()]
    await stand.startRegistrar(
      stand.snapshotOf([
        targetAt([first.url]),
        targetAt([second.url], { id: 'nac_2', serviceName: 'other' }),
      ]),
    )
    await until(() => first.addresses() === both, 'registered in the first')
    await until(() => second.addresses('models@@other') === both, 'registered in the second')
  })

  test('known by name are registered with their address', async () => {
    const nacos = await stand.startNacos()
    const named = makeInstance('http://localhost:8000', { id: 'ins_named' })
    const nowhere = makeInstance('http://nowhere.invalid:8000', { id: 'ins_nowhere' })
    await stand.startRegistrar(stand.snapshotOf([targetAt([nacos.url])], { instances: [named, nowhere] }))
    await until(() => /^(127\.0\.0\.1|::1):8000$/.test(nacos.addresses()), 'the one with an address is there')
  })
})

describe('A node that leaves', () => {
  test('withdraws what it registered', async () => {
    const nacos = await stand.startNacos()
    const { registrar } = await stand.startRegistrar(stand.snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    await registrar.stop({ withdraw: true })
    expect(nacos.addresses()).toBe('')
  })

  test('leaves it to whoever relieves it', async () => {
    const nacos = await stand.startNacos()
    const { registrar } = await stand.startRegistrar(stand.snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    await registrar.stop({ withdraw: false })
    expect(nacos.addresses()).toBe(both)
  })
})
