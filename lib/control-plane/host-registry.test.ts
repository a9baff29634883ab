import { expect, test, vi } from 'vitest'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import type { DeploymentReport } from '@/lib/snapshot/deployment.ts'
import { HostRegistry, hostLostAfterMs, presentHosts } from './host-registry.ts'
import { readDeploymentReport } from './node-door.ts'
import { WorkspaceEvents } from './workspace-events.ts'

const report: DeploymentReport = {
  host: 'box',
  gateways: [
    {
      gatewayId: 'gw_1',
      state: 'running',
      cause: null,
      doors: [{ door: 'internet', port: 8100, error: null }],
      nodes: { wanted: 2, running: 2, leaving: 0 },
      utilization: 0.25,
    },
  ],
  nameServer: null,
}

describeOnBothDatabases('hosts of gateways', (open) => {
  async function start() {
    const { database } = await open()
    let now = 1_000_000
    const events = new WorkspaceEvents()
    const seen = vi.fn()
    events.subscribe('ws_1', seen)
    const hosts = new HostRegistry({ database, clock: { now: () => now }, events })
    return { hosts, seen, present: () => presentHosts(database, now), pass: (ms: number) => (now += ms) }
  }

  test('are remembered by what they last said, until they fall silent', async () => {
    const { hosts, present, pass } = await start()
    await hosts.take(report)
    expect(await present()).toMatchObject([{ ...report, seenAt: 1_000_000 }])
    pass(hostLostAfterMs + 1)
    expect(await present()).toEqual([])
    await hosts.take(report)
    expect(await present()).toHaveLength(1)
  })

  test('are announced when something changed, not for how busy they are', async () => {
    const { hosts, seen, present } = await start()
    const [gateway] = report.gateways
    await hosts.take(report)
    await hosts.take({ ...report, gateways: gateway ? [{ ...gateway, utilization: 0.9 }] : [] })
    expect(seen).toHaveBeenCalledTimes(1)
    expect(await present()).toMatchObject([{ gateways: [{ utilization: 0.25 }] }])
    await hosts.take({ ...report, gateways: [] })
    expect(seen).toHaveBeenCalledTimes(2)
  })

  test('that were forgotten long ago leave nothing', async () => {
    const { hosts, present, pass } = await start()
    await hosts.take(report)
    pass(25 * 3_600_000)
    await hosts.forgetOld()
    pass(-25 * 3_600_000)
    expect(await present()).toEqual([])
  })
})

test('a host’s report that does not fit is refused with the field that is wrong', async () => {
  const read = (body: unknown) =>
    readDeploymentReport(
      new Request('http://console/', {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    )
  expect(await read(report)).toEqual({ ok: true, report })
  expect(await read('{')).toMatchObject({ ok: false, status: 400 })
  const unknownDoor = { ...report, gateways: [{ ...report.gateways[0], doors: [{ door: 'back', port: 1 }] }] }
  expect(await read(unknownDoor)).toMatchObject({
    ok: false,
    status: 400,
    detail: expect.stringMatching(/^gateways\.0\.doors\.0\.door: .*run the same version on both\.$/),
  })
  expect(await read('x'.repeat(8 * 1024 * 1024 + 1))).toMatchObject({ status: 413 })
})
