import type { Clock } from '@/lib/platform/clock.ts'
import type { NacosRegistrationSnapshot } from '@/lib/snapshot/snapshot.ts'
import type { NacosRequest } from './nacos-http.ts'
import { expectOk, NacosSession, readJson } from './nacos-session.ts'

/** As Nacos knows an instance. */
export interface NacosInstance {
  readonly ip: string
  readonly port: number
  readonly weight: number
  readonly metadata: Readonly<Record<string, string>>
}

export interface BeatAnswer {
  /** False: the server knows no such instance, so it has to be registered anew. */
  readonly isKnown: boolean
  /** When the next beat is due, if the server says so. */
  readonly intervalMs: number | null
}

const instancePath = '/nacos/v1/ns/instance'
const beatPath = `${instancePath}/beat`
const clusterName = 'DEFAULT'
/** Nacos's code for an instance that it does not have. */
const resourceNotFound = 20_404

/**
 * The registration part of the Nacos Open API v1 for one service in one cluster. All calls reject with `NacosError`.
 */
export class NacosClient {
  readonly #target: NacosRegistrationSnapshot
  readonly #session: NacosSession

  constructor(target: NacosRegistrationSnapshot, clock: Clock, mayDial: NacosRequest['mayDial']) {
    this.#target = target
    this.#session = new NacosSession(target, clock, mayDial)
  }

  async register(instance: NacosInstance): Promise<void> {
    const { ip, port, weight, metadata } = instance
    const details = {
      weight: String(weight),
      enabled: 'true',
      healthy: 'true',
      metadata: JSON.stringify(metadata),
    }
    const query = { ...this.#place(ip, port), ...details, ephemeral: 'true' }
    expectOk(await this.#session.ask({ method: 'POST', path: instancePath, query }))
  }

  async beat({ ip, port, weight, metadata }: NacosInstance): Promise<BeatAnswer> {
    const place = this.#place(ip, port)
    const beat = {
      cluster: clusterName,
      ip,
      port,
      weight,
      metadata,
      serviceName: place.serviceName,
      scheduled: true,
    }
    const query = { ...place, beat: JSON.stringify(beat), ephemeral: 'true' }
    const answer = await this.#session.ask({ method: 'PUT', path: beatPath, query })
    if (answer.status === 404) return { isKnown: false, intervalMs: null }
    expectOk(answer)
    const { code, clientBeatInterval } = readJson(answer.body)
    return {
      isKnown: code !== resourceNotFound,
      intervalMs: typeof clientBeatInterval === 'number' ? clientBeatInterval : null,
    }
  }

  async withdraw({ ip, port }: NacosInstance): Promise<void> {
    const query = { ...this.#place(ip, port), ephemeral: 'true' }
    const answer = await this.#session.ask({ method: 'DELETE', path: instancePath, query })
    if (answer.status !== 404) expectOk(answer)
  }

  #place(ip: string, port: number) {
    const { namespace, group, serviceName } = this.#target
    return {
      namespaceId: namespace === '' ? 'public' : namespace,
      groupName: group,
      serviceName: `${group}@@${serviceName}`,
      clusterName,
      ip,
      port: String(port),
    }
  }
}
