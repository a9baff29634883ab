import type { Socket } from 'node:net'
import type { Fleet } from '@/lib/gateway/runtime/fleet.ts'
import { failureReason } from '@/lib/gateway/runtime/health/failure-reason.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { NlbMeter, NlbOutcome } from '@/lib/gateway/stages/observe/nlb-meter.ts'
import type { BalancedCall } from '@/lib/gateway/stages/select-upstream/strategy.ts'
import { resetSocket } from '@/lib/platform/reset-socket.ts'

const avoidAfterFailedDialMs = 1_000
const noHeaders: BalancedCall['headers'] = { endToEnd: [] }

/** One caller of a layer 4 port, and the instance that its bytes go to. */
export class NlbConnection implements BalancedCall {
  readonly clientAddress: string
  readonly headers = noHeaders
  readonly service: ServiceRuntime
  readonly #caller: Socket
  readonly #meter: NlbMeter
  /** Asked anew right before the first byte: rules may have changed while an instance was dialled. */
  readonly #isAllowed: (connection: NlbConnection) => boolean
  /** Null until there is a connection to it. */
  instance: Instance | null = null
  /** When it has to end, on the clock that is never set; null: nothing is said against it. */
  endsAt: number | null = null
  #upstream: Socket | null = null
  #isOver = false
  #bytesIn = 0
  #bytesOut = 0
  #activity = 0
  #activeAt = performance.now()

  constructor(
    caller: Socket,
    clientAddress: string,
    service: ServiceRuntime,
    meter: NlbMeter,
    isAllowed: (connection: NlbConnection) => boolean,
  ) {
    this.#caller = caller
    this.clientAddress = clientAddress
    this.service = service
    this.#meter = meter
    this.#isAllowed = isAllowed
    caller.once('close', () => this.#sideClosed(caller, this.#upstream))
  }

  /** Tries the instances in the order of the service's balancing until one takes the connection. */
  start(): void {
    this.#meter.open += 1
    this.service.fleet.adopt(this.service)
    this.#tryNext([], 'no_instance')
  }

  /** Ends it on both sides, so that neither takes what it has for the whole. */
  end(outcome: NlbOutcome): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#meter.open -= 1
    this.#meter.count(outcome)
    this.#countBytes()
    if (this.instance !== null) this.instance.state.connections -= 1
    if (outcome === 'ended') return
    resetSocket(this.#caller)
    if (this.#upstream !== null) resetSocket(this.#upstream)
  }

  /** Run by the listener's sweep. */
  checkTimes(now: number, idleMs: number): void {
    if (this.#isOver) return
    this.#countBytes()
    if (this.endsAt !== null && now >= this.endsAt) {
      this.end('drained')
      return
    }
    const activity = this.#bytesMoved()
    if (activity !== this.#activity) {
      this.#activity = activity
      this.#activeAt = now
    } else if (now - this.#activeAt >= idleMs) this.end('idle')
  }

  /** `otherwise`: why there is none when no further instance is left. */
  #tryNext(tried: InstanceState[], otherwise: NlbOutcome): void {
    const { fleet, direct } = this.service
    let outcome = otherwise
    for (;;) {
      const instance = fleet.pick(this, tried)
      if (instance === null) {
        this.end(outcome)
        return
      }
      if (direct.security.admits(this.clientAddress, instance.pool.address.port)) {
        this.#dial(fleet, instance, tried)
        return
      }
      if (outcome === 'no_instance') outcome = 'refused'
      tried.push(instance.state)
    }
  }

  #dial(fleet: Fleet, instance: Instance, tried: InstanceState[]): void {
    const { state } = instance
    fleet.take(state, this)
    instance.pool.connect((error, socket) => {
      if (socket === null) {
        const reason = failureReason(error, 'No connection')
        fleet.avoid(state, avoidAfterFailedDialMs)
        fleet.judge.failed(state, this, { class: 'connect', reason, isCounted: false })
      } else fleet.judge.succeeded(state, this)
      fleet.giveBack(state, this)
      if (this.#isOver) socket?.destroy()
      else if (socket !== null) this.#relay(instance, socket)
      else {
        tried.push(state)
        this.#tryNext(tried, 'unreachable')
      }
    })
  }

  #relay(instance: Instance, upstream: Socket): void {
    const caller = this.#caller
    this.#upstream = upstream
    this.instance = instance
    instance.state.connections += 1
    upstream.on('error', ignoreError)
    upstream.once('close', () => this.#sideClosed(upstream, caller))
    if (!this.#isAllowed(this)) {
      this.end('revoked')
      return
    }
    this.#activeAt = performance.now()
    caller.pipe(upstream)
    upstream.pipe(caller)
  }

  /** Each half ends by itself; a side that goes before both have ended takes the other one along. */
  #sideClosed(side: Socket, other: Socket | null): void {
    if (this.#isOver) return
    const isWhole = side.readableEnded && side.writableFinished
    if (!isWhole || other === null) this.end('broken')
    else if (other.closed) this.end('ended')
  }

  #countBytes(): void {
    const bytesIn = this.#caller.bytesRead
    const bytesOut = this.#upstream?.bytesRead ?? 0
    this.#meter.bytesIn += bytesIn - this.#bytesIn
    this.#meter.bytesOut += bytesOut - this.#bytesOut
    this.#bytesIn = bytesIn
    this.#bytesOut = bytesOut
  }

  /** Changes with every byte that is taken from a side or handed to the system for it. */
  #bytesMoved(): number {
    const caller = this.#caller
    const upstream = this.#upstream
    if (upstream === null) return caller.bytesRead
    return caller.bytesRead + upstream.bytesRead - caller.writableLength - upstream.writableLength
  }
}

function ignoreError(): void {}
