import { expect, test } from 'vitest'
import { closers, eventually, start, withHosts } from '@/lib/cli/testing/dedicated-host.ts'
import { makeDataDir, removeDataDir, type TestHost } from '@/lib/cli/testing/start-host.ts'
import { call } from '@/lib/gateway/testing/call.ts'
import { startJobServer } from '@/lib/gateway/testing/job-servers.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'

withHosts()

const portOf = ({ sharedUrl }: TestHost) => Number(new URL(sharedUrl).port)

/** Calls until nodes have their snapshot. */
async function answered(host: TestHost, path: string, method: string): Promise<string> {
  for (;;) {
    const answer = await call(portOf(host), path, { method }).catch(() => null)
    if (answer?.status === 200) return JSON.parse(answer.body).id
    // Of a node without its snapshot; a server that does not know an id says so to the test itself.
    expect([undefined, 404, 503]).toContain(answer?.status)
  }
}

test('two nodes ask about a file where it was made, over their deaths, and a restart of their supervisor', async () => {
  const dataDir = makeDataDir()
  closers.push(() => removeDataDir(dataDir))
  const servers = [await startJobServer('a'), await startJobServer('b')]
  closers.push(...servers.map(({ close }) => close))
  const upstreamServices = servers.map(({ url }, index) =>
    makeProviderService(`${url}/v1`, {}, { id: `svc_${index}`, name: `svc_${index}` }),
  )
  const targets = upstreamServices.map(({ id }) => ({ serviceId: id, model: null, weight: 50 }))
  const modelApis = [makeModelApi({ useCase: 'others', routing: { mode: 'weight', targets } })]
  const snapshot = makeSnapshot({ revision: 2, upstreamServices, modelApis })
  const strange = () => servers.flatMap((server) => server.strange)

  const first = await start({ dataDir, sharedNodes: 2 })
  first.console.publish(snapshot)
  await eventually(() => first.pids('shared').length === 2, 'two nodes run')
  const made: string[] = []
  while (made.length < 20 || servers.some((server) => server.made.size === 0)) {
    made.push(await answered(first, '/v1/files', 'POST'))
  }
  const askAboutAll = async (host: TestHost) => {
    for (const id of [...made, ...made]) expect(await answered(host, `/v1/files/${id}`, 'GET')).toBe(id)
    expect(strange()).toEqual([])
  }
  await askAboutAll(first)

  const before = first.pids('shared')
  for (const pid of before) process.kill(pid, 'SIGKILL')
  await eventually(() => {
    const now = first.pids('shared')
    return now.length === 2 && !now.some((pid) => before.includes(pid))
  }, 'other nodes run')
  await askAboutAll(first)
  await first.stop()

  const second = await start({ dataDir, sharedNodes: 2 })
  second.console.publish(snapshot)
  await askAboutAll(second)
})
