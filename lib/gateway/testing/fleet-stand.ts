import { Fleet, type FleetPlan, noneTried } from '@/lib/gateway/runtime/fleet.ts'
import { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import type { FailureClass } from '@/lib/gateway/runtime/health/verdict.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import { NodeShares } from '@/lib/gateway/runtime/node-shares.ts'
import { createRoundRobin } from '@/lib/gateway/stages/select-upstream/strategies/round-robin/round-robin.ts'
import { requestFrom } from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'
import { systemClock } from '@/lib/platform/clock.ts'

const request = requestFrom('10.0.0.1')

/** A fleet and what can happen to its instances. */
export class Stand {
  readonly journal = new HealthJournal()
  readonly shares = new NodeShares()
  readonly fleet = new Fleet(systemClock, this.journal, this.shares)

  adopt(instances: readonly Instance[], overrides: Partial<FleetPlan> = {}): void {
    this.fleet.adopt({
      serial: this.fleet.nextSerial(),
      running: true,
      instances,
      strategy: createRoundRobin(instances),
      concurrency: null,
      passiveHealth: passivePolicy,
      panicThreshold: 0,
      ...overrides,
    })
  }

  fail(instance: Instance, times = passivePolicy.failures, kind: FailureClass = 'connect'): void {
    for (let time = 0; time < times; time++) {
      const failure = { class: kind, reason: 'Connection refused', isCounted: false }
      this.through(instance, (attempt) => this.fleet.judge.failed(instance.state, attempt, failure))
    }
  }

  succeed(instance: Instance): void {
    this.through(instance, (attempt) => this.fleet.judge.succeeded(instance.state, attempt))
  }

  rest(instance: Instance, ms: number): void {
    this.through(instance, (attempt) => this.fleet.judge.askedToRest(instance.state, attempt, ms, 429))
  }

  check(instance: Instance, state: 'ready' | 'unready'): void {
    const before = instance.state.health.state
    const reason = state === 'unready' ? 'Answered 500' : null
    instance.state.health = { state, reason, since: Date.now(), checkedAt: Date.now() }
    this.fleet.checked(instance.state, before)
  }

  through(instance: Instance, run: (attempt: object) => void): void {
    const attempt = {}
    this.fleet.take(instance.state, attempt)
    run(attempt)
    this.fleet.giveBack(instance.state, attempt)
  }

  picks(count = 20): string[] {
    const ids = Array.from({ length: count }, () => this.fleet.pick(request, noneTried)?.id ?? 'none')
    return [...new Set(ids)].sort()
  }
}
