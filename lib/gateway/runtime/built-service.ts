import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'

/**
 * A compiled service, shared by every runtime whose snapshot has the same text for it. Each of them holds it twice:
 * until it serves no more, and until its last request has ended.
 */
export class BuiltService<Compiled = ServiceRuntime> {
  readonly line: string
  readonly runtime: Compiled
  readonly #releaseInstances: () => void
  readonly #releasePools: () => void
  #serving = 0
  #holding = 0

  constructor(line: string, runtime: Compiled, releaseInstances: () => void, releasePools: () => void) {
    this.line = line
    this.runtime = runtime
    this.#releaseInstances = releaseInstances
    this.#releasePools = releasePools
  }

  retain(): void {
    this.#serving += 1
    this.#holding += 1
  }

  /** One runtime less serves it; without any, its instances are not checked any more. */
  retire(): void {
    this.#serving -= 1
    if (this.#serving === 0) this.#releaseInstances()
  }

  /** One runtime less has requests that may use it; without any, its connections are given up. */
  release(): void {
    this.#holding -= 1
    if (this.#holding === 0) this.#releasePools()
  }
}
