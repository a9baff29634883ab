import { expect, test } from 'vitest'
import { closers, eventually, start, withHosts } from '@/lib/cli/testing/dedicated-host.ts'
import { makeDataDir, removeDataDir, type TestHost } from '@/lib/cli/testing/start-host.ts'
import {
  chatBody,
  completion,
  modelSnapshot,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'

withHosts()

const amount = 20
const quota: LimitRuleSnapshot = {
  ...{ kind: 'quota', by: 'api', header: null, match: null, unit: 'requests', span: 'total' },
  amount,
}

/** Null: no node answers. */
async function call({ sharedUrl }: TestHost): Promise<number | null> {
  const sent = fetch(`${sharedUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(chatBody),
  })
  return await sent.then(
    async (answer) => {
      await answer.text()
      return answer.status
    },
    () => null,
  )
}

async function untilAnswered(host: TestHost, statuses: Array<number | null>): Promise<void> {
  for (;;) {
    const status = await call(host)
    statuses.push(status)
    if (status === 429) return
    // A node without its snapshot yet.
    if (status !== null && status !== 404 && status !== 503) return
  }
}

test('a quota holds over two nodes, over their deaths, and over a restart of their supervisor', async () => {
  const dataDir = makeDataDir()
  closers.push(() => removeDataDir(dataDir))
  const provider = await startProvider((_call, response) => sendJson(response, completion('Hello')))
  closers.push(provider.close)
  const snapshot = modelSnapshot(`${provider.url}/v1`, {
    api: { limits: [quota] },
    snapshot: { revision: 2 },
  })

  const first = await start({ dataDir, sharedNodes: 2 })
  first.console.publish(snapshot)
  const seen: Array<number | null> = []
  while (seen.at(-1) !== 429) seen.push(...(await Promise.all([call(first), call(first), call(first)])))
  // A machine that keeps the keeper from answering for a second leaves each node a share besides.
  expect(seen.filter((status) => status === 200).length).toBeLessThanOrEqual(2 * amount)
  const passed = provider.calls.length
  expect(passed).toBeGreaterThan(0)

  const before = first.pids('shared')
  for (const pid of before) process.kill(pid, 'SIGKILL')
  await eventually(() => {
    const now = first.pids('shared')
    return now.length === 2 && !now.some((pid) => before.includes(pid))
  }, 'other nodes run')
  const after: Array<number | null> = []
  await untilAnswered(first, after)
  await first.stop()

  const second = await start({ dataDir, sharedNodes: 2 })
  second.console.publish(snapshot)
  await untilAnswered(second, after)
  expect(after).not.toContain(200)
  expect(provider.calls).toHaveLength(passed)
})
