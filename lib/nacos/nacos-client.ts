import type { Clock } from '@/lib/platform/clock.ts'
import type { NacosRegistrationSnapshot } from '@/lib/snapshot/snapshot.ts'
import { NacosError } from './nacos-error.ts'
import { askNacos, type NacosAnswer, type NacosRequest } from './nacos-http.ts'

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

type Call = Pick<NacosRequest, 'method' | 'path' | 'query'>

const instancePath = '/nacos/v1/ns/instance'
const beatPath = `${instancePath}/beat`
const loginPath = '/nacos/v1/auth/login'
const clusterName = 'DEFAULT'
/** Nacos's code for an instance that it does not have. */
const resourceNotFound = 20_404
/** A token is renewed after this share of its life. */
const tokenShare = 0.9

/**
 * The registration part of the Nacos Open API v1 for one service in one cluster. A server that fails makes way for the
 * next one. All calls reject with `NacosError`.
 */
export class NacosClient {
  readonly #target: NacosRegistrationSnapshot
  readonly #clock: Clock
  readonly #mayDial: NacosRequest['mayDial']
  /** The one that answered last. */
  #server = 0
  #token: { readonly value: string; readonly staleAt: number } | null = null
  #login: Promise<void> | null = null

  constructor(target: NacosRegistrationSnapshot, clock: Clock, mayDial: NacosRequest['mayDial']) {
    this.#target = target
    this.#clock = clock
    this.#mayDial = mayDial
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
    expectOk(await this.#ask({ method: 'POST', path: instancePath, query }))
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
    const answer = await this.#ask({ method: 'PUT', path: beatPath, query })
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
    const answer = await this.#ask({ method: 'DELETE', path: instancePath, query })
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

  /** A token may have ended early: once, a refusal is answered with a new one. */
  async #ask(call: Call): Promise<NacosAnswer> {
    if (this.#target.username === null) return this.#mustBeAllowed(await this.#askAny(call, null))
    const answer = await this.#askAny(call, await this.#freshToken())
    if (!isRefusal(answer)) return answer
    this.#token = null
    return this.#mustBeAllowed(await this.#askAny(call, await this.#freshToken()))
  }

  #mustBeAllowed(answer: NacosAnswer): NacosAnswer {
    if (isRefusal(answer)) throw new NacosError('forbidden', 'The server refuses this user.')
    return answer
  }

  /** Those who ask at the same time share one log-in. */
  async #freshToken(): Promise<string> {
    if (this.#token === null || this.#token.staleAt <= this.#clock.now()) {
      this.#login ??= this.#logIn().finally(() => {
        this.#login = null
      })
      await this.#login
    }
    return this.#token?.value ?? ''
  }

  async #logIn(): Promise<void> {
    const form = { username: this.#target.username ?? '', password: this.#target.password ?? '' }
    const answer = await this.#askAny({ method: 'POST', path: loginPath, query: {} }, null, form)
    if (isRefusal(answer)) throw new NacosError('forbidden', 'The server refuses user or password.')
    expectOk(answer)
    const { accessToken, tokenTtl } = readJson(answer.body)
    if (typeof accessToken !== 'string') throw new NacosError('rejected', 'The server gave no token.')
    const seconds = typeof tokenTtl === 'number' ? tokenTtl : 0
    this.#token = { value: accessToken, staleAt: this.#clock.now() + seconds * 1_000 * tokenShare }
  }

  /** Asks one server after the other, beginning with the one that answered last. */
  async #askAny(
    { method, path, query }: Call,
    token: string | null,
    form?: Readonly<Record<string, string>>,
  ): Promise<NacosAnswer> {
    const { servers } = this.#target
    let failure: unknown = new NacosError('unreachable', 'No server is named.')
    for (let tries = 0; tries < servers.length; tries++) {
      const server = servers[this.#server] ?? ''
      try {
        const answer = await askNacos({
          method,
          server,
          path,
          query: token === null ? query : { ...query, accessToken: token },
          mayDial: this.#mayDial,
          ...(form !== undefined && { form }),
        })
        if (answer.status < 500) return answer
        failure = new NacosError('rejected', `The server answered ${answer.status}.`)
      } catch (error) {
        failure = error
      }
      this.#server = (this.#server + 1) % servers.length
    }
    throw failure
  }
}

function isRefusal({ status }: NacosAnswer): boolean {
  return status === 401 || status === 403
}

function expectOk({ status }: NacosAnswer): void {
  if (status !== 200) throw new NacosError('rejected', `The server answered ${status}.`)
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Told below.
  }
  throw new NacosError('rejected', 'The server answered something that is not JSON.')
}
