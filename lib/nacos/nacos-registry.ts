import * as z from 'zod'
import type { Clock } from '@/lib/platform/clock.ts'
import type { NacosAccess } from '@/lib/snapshot/discovery-snapshot.ts'
import { NacosError } from './nacos-error.ts'
import type { NacosRequest } from './nacos-http.ts'
import { expectOk, NacosSession, readJson } from './nacos-session.ts'

/** An instance as the registry lists it. */
const listedInstance = z.object({
  ip: z.string(),
  port: z.int().min(1).max(65_535),
  weight: z.number().min(0).default(1),
  healthy: z.boolean().default(true),
  enabled: z.boolean().default(true),
  clusterName: z.string().default('DEFAULT'),
  metadata: z.record(z.string(), z.string()).nullish(),
})
export type ListedInstance = z.infer<typeof listedInstance>

const instanceList = z.object({
  hosts: z.array(listedInstance),
  /** How long the list may be held. */
  cacheMillis: z.number().nullish(),
})

const serviceList = z.object({ count: z.int(), doms: z.array(z.string()).nullish() })

const namespaceList = z.object({
  data: z.array(z.object({ namespace: z.string(), namespaceShowName: z.string() })),
})

const servicesPerPage = 500
const servicesMax = 10_000

/** The reading part of the Nacos Open API v1, which servers of 1.x and 2.x have. All calls reject with `NacosError`. */
export class NacosRegistry {
  readonly #session: NacosSession
  readonly #namespace: string

  constructor(access: NacosAccess, clock: Clock, mayDial: NacosRequest['mayDial']) {
    this.#session = new NacosSession(access, clock, mayDial)
    this.#namespace = access.namespace === '' ? 'public' : access.namespace
  }

  /** All instances of a service in all clusters, healthy or not. A service that is not there has none. */
  async instances(
    group: string,
    service: string,
  ): Promise<{ instances: ListedInstance[]; cacheMs: number | null }> {
    const { hosts, cacheMillis } = await this.#get('/nacos/v1/ns/instance/list', instanceList, {
      namespaceId: this.#namespace,
      groupName: group,
      serviceName: `${group}@@${service}`,
      healthyOnly: 'false',
    })
    return { instances: hosts, cacheMs: cacheMillis ?? null }
  }

  /** The names of a group's services, sorted. */
  async services(group: string): Promise<string[]> {
    const names = new Set<string>()
    for (let page = 1; names.size < servicesMax; page++) {
      const { doms } = await this.#get('/nacos/v1/ns/service/list', serviceList, {
        namespaceId: this.#namespace,
        groupName: group,
        pageNo: String(page),
        pageSize: String(servicesPerPage),
      })
      for (const name of doms ?? []) names.add(name.replace(/^.*?@@/, ''))
      if ((doms ?? []).length < servicesPerPage) break
    }
    return [...names].sort()
  }

  /** Ids and what people call them; the id of `public` is empty. */
  async namespaces(): Promise<Array<{ id: string; label: string }>> {
    const { data } = await this.#get('/nacos/v1/console/namespaces', namespaceList, {})
    return data.map(({ namespace, namespaceShowName }) => ({ id: namespace, label: namespaceShowName }))
  }

  /** Null where the server does not say. */
  async version(): Promise<string | null> {
    const state = z.object({ version: z.string() })
    return (await this.#get('/nacos/v1/console/server/state', state, {})).version
  }

  async #get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    query: Readonly<Record<string, string>>,
  ): Promise<z.infer<Schema>> {
    const answer = await this.#session.ask({ method: 'GET', path, query })
    expectOk(answer)
    const read = schema.safeParse(readJson(answer.body))
    if (read.success) return read.data
    throw new NacosError('rejected', 'The server answered something that Nacos does not answer.')
  }
}
