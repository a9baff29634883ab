import type { Clock } from '@/lib/platform/clock.ts'
import { NacosError } from './nacos-error.ts'
import { askNacos, type NacosAnswer, type NacosRequest } from './nacos-http.ts'

/** The servers of one cluster, and who asks them. */
export interface NacosServers {
  readonly servers: readonly string[]
  readonly username: string | null
  /** Secret. */
  readonly password: string | null
}

export type NacosCall = Pick<NacosRequest, 'method' | 'path' | 'query'>

const loginPath = '/nacos/v1/auth/login'
/** A token is renewed after this share of its life. */
const tokenShare = 0.9

/**
 * Speaks to a cluster of Nacos servers: one that fails makes way for the next, and whoever has a user is logged in.
 * All calls reject with `NacosError`.
 */
export class NacosSession {
  readonly #target: NacosServers
  readonly #clock: Clock
  readonly #mayDial: NacosRequest['mayDial']
  /** The one that answered last. */
  #server = 0
  #token: { readonly value: string; readonly staleAt: number } | null = null
  #login: Promise<void> | null = null

  constructor(target: NacosServers, clock: Clock, mayDial: NacosRequest['mayDial']) {
    this.#target = target
    this.#clock = clock
    this.#mayDial = mayDial
  }

  /** A token may have ended early: once, a refusal is answered with a new one. */
  async ask(call: NacosCall): Promise<NacosAnswer> {
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
    { method, path, query }: NacosCall,
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
        // What one server answered tells more than that another is away.
        if (!(failure instanceof NacosError && failure.failure === 'rejected')) failure = error
      }
      this.#server = (this.#server + 1) % servers.length
    }
    throw failure
  }
}

function isRefusal({ status }: NacosAnswer): boolean {
  return status === 401 || status === 403
}

export function expectOk({ status }: NacosAnswer): void {
  if (status !== 200) throw new NacosError('rejected', `The server answered ${status}.`)
}

export function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Told below.
  }
  throw new NacosError('rejected', 'The server answered something that is not JSON.')
}
