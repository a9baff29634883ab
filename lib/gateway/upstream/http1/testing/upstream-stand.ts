import { afterEach, beforeEach } from 'vitest'
import { createGuardedConnector, EgressGuard } from '@/lib/addresses/egress-guard.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { Http1Upstream } from '@/lib/gateway/upstream/http1/http1-upstream.ts'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import { ScriptedInstance } from './scripted-instance.ts'
import { type SeenAnswer, sendAndSee } from './send-and-see.ts'

/** A scripted instance and the upstream that calls it. */
export interface UpstreamStand {
  instance: ScriptedInstance
  upstream: Http1Upstream
  send(request?: Partial<UpstreamRequest>, takesData?: () => boolean): SeenAnswer
}

/** Both are new in each test of the file. */
export function standForEachTest(): UpstreamStand {
  const connect = createGuardedConnector(new EgressGuard({ denyCidrs: [], allowCidrs: [] }), 1_000)
  const stand: UpstreamStand = {
    instance: new ScriptedInstance(),
    upstream: new Http1Upstream('http://127.0.0.1', connect),
    send: (request, takesData) => sendAndSee(stand.upstream, request, takesData),
  }
  beforeEach(async () => {
    stand.instance = new ScriptedInstance()
    stand.upstream = new Http1Upstream(await stand.instance.open(), connect)
  })
  afterEach(async () => {
    await stand.upstream.destroy()
    stand.instance.close()
  })
  return stand
}

export const over = (answer: SeenAnswer) => until(() => answer.isOver, 'the answer is over')
export const small = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
