import { createServer, type Server, type Socket } from 'node:net'
import type { Engine } from '@/lib/gateway/handle-request.ts'
import type { Door, ListenAt } from '@/lib/gateway/listener/door.ts'
import { listen } from '@/lib/gateway/listener/listen.ts'
import type { OpenConnections } from '@/lib/gateway/listener/open-connections.ts'
import { takeProxyHeader } from '@/lib/gateway/nlb/caller-address.ts'
import { NlbConnection } from '@/lib/gateway/nlb/nlb-connection.ts'
import type { NlbRoute, Runtime, RuntimeAccess } from '@/lib/gateway/runtime/runtime.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { NlbMeter, NlbOutcome } from '@/lib/gateway/stages/observe/nlb-meter.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

export interface NlbListenerOptions {
  readonly engine: Engine
  /** Of the door's name, by which the snapshot knows the listener. */
  readonly port: number
  /** Shared with the other doors of the node, whose limit they have in common. */
  readonly connections: OpenConnections
  /** How long connections to an instance that was removed may last. Default 30 s. */
  readonly drainMs?: number
}

const tcpKeepAliveMs = 60_000
const sweepMs = 250
const drainMsDefault = 30_000

/**
 * A port of layer 4: bytes pass as they are between a caller whom the service's rules let in and one of its ready
 * instances. An instance that speaks TLS is spoken to in the caller's own TLS.
 */
export class NlbListener implements Door {
  readonly #engine: Engine
  readonly #port: number
  readonly #nodeConnections: OpenConnections
  readonly #drainMs: number
  readonly #meter: NlbMeter
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #open = new Set<NlbConnection>()
  readonly #sweep: NodeJS.Timeout
  /** What the open connections were last checked against. */
  #checked: { readonly service: ServiceRuntime | null; readonly access: RuntimeAccess | null } | null = null
  #drained: Promise<void> | null = null

  constructor({ engine, port, connections, drainMs = drainMsDefault }: NlbListenerOptions) {
    this.#engine = engine
    this.#port = port
    this.#nodeConnections = connections
    this.#drainMs = drainMs
    this.#meter = engine.observer.nlbMeter(port)
    this.#server = createServer(
      {
        allowHalfOpen: true,
        // What a caller says first waits in its socket until there is an instance to hear it.
        pauseOnConnect: true,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: tcpKeepAliveMs,
      },
      (socket) => this.#accept(socket),
    )
    this.#sweep = setInterval(() => this.#checkTimes(), sweepMs)
    this.#sweep.unref()
  }

  get connections(): number {
    return this.#sockets.size
  }

  /** For reports; where no snapshot knows the port it serves nobody. */
  get side(): GatewaySide {
    return this.#route()?.side ?? 'vpc'
  }

  open(at: ListenAt): Promise<number> {
    return listen(this.#server, at)
  }

  /** A snapshot runs: closes what it no longer allows, and lets what it no longer has come to an end. */
  configure(): void {
    const runtime = this.#engine.runtimes.current
    const route = this.#route()
    const service = route?.service ?? null
    const access = runtime?.access ?? null
    if (this.#checked?.service === service && this.#checked.access === access) return
    this.#checked = { service, access }
    if (this.#open.size === 0) return
    const members = new Set(service?.running === true ? service.instances.map(({ state }) => state) : [])
    const endsAt = performance.now() + this.#drainMs
    for (const connection of [...this.#open]) {
      const { instance } = connection
      if (route?.service.id !== connection.service.id) connection.endsAt ??= endsAt
      else if (!this.#isAllowed(connection)) connection.end('revoked')
      else if (instance === null || members.has(instance.state)) connection.endsAt = null
      else connection.endsAt ??= endsAt
    }
  }

  drain(): Promise<void> {
    this.#drained ??= new Promise<void>((resolve) => this.#server.close(() => resolve())).then(() =>
      clearInterval(this.#sweep),
    )
    return this.#drained
  }

  destroy(): void {
    for (const connection of [...this.#open]) connection.end('drained')
    for (const socket of this.#sockets) socket.destroy()
  }

  #route(): NlbRoute | null {
    return this.#engine.runtimes.current?.nlbRoutes.get(this.#port) ?? null
  }

  #accept(socket: Socket): void {
    // Told by `close` in any case; without a listener an error would end the process.
    socket.on('error', ignoreError)
    const runtime = this.#engine.runtimes.current
    const route = this.#route()
    if (runtime === null || route?.service.running !== true) {
      this.#refuse(socket, 'not_configured')
      return
    }
    if (this.#nodeConnections.count >= runtime.limits.connectionsMax) {
      this.#engine.observer.countError('overloaded')
      this.#refuse(socket, 'overloaded')
      return
    }
    this.#nodeConnections.count += 1
    this.#sockets.add(socket)
    socket.once('close', () => {
      this.#nodeConnections.count -= 1
      this.#sockets.delete(socket)
    })
    this.#learnAddress(socket, runtime, route)
  }

  /** Where the side's connections begin with a PROXY protocol header, these do too. */
  #learnAddress(socket: Socket, runtime: Runtime, route: NlbRoute): void {
    const peerAddress = socket.remoteAddress ?? ''
    if (!runtime.proxyProtocol[route.side]) {
      this.#serve(socket, peerAddress)
      return
    }
    if (!runtime.trustedProxies.has(peerAddress)) {
      this.#refuse(socket, 'refused')
      return
    }
    const late = setTimeout(() => socket.destroy(), runtime.limits.clientHeadersMs)
    socket.once('close', () => clearTimeout(late))
    takeProxyHeader(socket, (address) => {
      clearTimeout(late)
      if (address === null) this.#refuse(socket, 'refused')
      else this.#serve(socket, address)
    })
  }

  #serve(socket: Socket, address: string): void {
    const runtime = this.#engine.runtimes.current
    const route = this.#route()
    if (runtime === null || route?.service.running !== true) {
      this.#refuse(socket, 'not_configured')
      return
    }
    if (!isInside(runtime, route, address)) {
      this.#refuse(socket, 'refused')
      return
    }
    const connection = new NlbConnection(socket, address, route.service, this.#meter, (asking) =>
      this.#mayBegin(asking),
    )
    this.#open.add(connection)
    socket.once('close', () => this.#open.delete(connection))
    connection.start()
  }

  /** An instance that was removed while it was dialled is drained like any other. */
  #mayBegin(connection: NlbConnection): boolean {
    if (!this.#isAllowed(connection)) return false
    const service = this.#route()?.service
    if (service === connection.service) return true
    const state = connection.instance?.state
    const isMember = service?.running === true && service.instances.some((member) => member.state === state)
    if (!isMember) connection.endsAt ??= performance.now() + this.#drainMs
    return true
  }

  #isAllowed({ clientAddress, service, instance }: NlbConnection): boolean {
    const runtime = this.#engine.runtimes.current
    const route = this.#route()
    if (runtime === null || route?.service.id !== service.id) return false
    if (!isInside(runtime, route, clientAddress)) return false
    // Which port it is about is not known before an instance is.
    return (
      instance === null || route.service.direct.security.admits(clientAddress, instance.pool.address.port)
    )
  }

  #refuse(socket: Socket, outcome: NlbOutcome): void {
    this.#meter.count(outcome)
    socket.resetAndDestroy()
  }

  #checkTimes(): void {
    const idleMs = this.#engine.runtimes.current?.limits.clientIdleMs ?? Number.POSITIVE_INFINITY
    const now = performance.now()
    for (const connection of [...this.#open]) connection.checkTimes(now, idleMs)
  }
}

/** On the Internet side the service's rules alone decide. */
function isInside({ access }: Runtime, { side }: NlbRoute, address: string): boolean {
  return side === 'internet' || access.vpc === null || access.vpc.has(address)
}

function ignoreError(): void {}
