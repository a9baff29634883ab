import { Operation } from '@/lib/gateway/runtime/model-operations.ts'
import type { RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'

/** Questions under way of one API at one service; more would only wait on it. */
const inFlightMax = 256

/** A service that a gateway asks for a Model API, and not for its callers. */
export class AskedService {
  readonly target: RoutedTarget
  readonly operation: Operation
  #inFlight = 0

  /** `path`: as OpenAI has it, such as `/v1/moderations`. */
  constructor(target: RoutedTarget, path: string) {
    this.target = target
    this.operation = new Operation(
      {
        name: 'asked',
        path,
        match: 'exact',
        methods: ['POST'],
        description: 'Asked by the gateway',
        carries: ['json'],
      },
      'openai',
    )
  }

  /** False: so many are under way that this one is not to be asked. */
  enter(): boolean {
    if (this.#inFlight >= inFlightMax) return false
    this.#inFlight += 1
    return true
  }

  leave(): void {
    this.#inFlight -= 1
  }
}
