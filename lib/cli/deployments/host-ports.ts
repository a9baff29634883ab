import { CliError } from '@/lib/cli/cli-error.ts'
import { type HeldPort, holdPort } from '@/lib/cli/held-port.ts'

/**
 * The ports that this supervisor holds. Before anybody listens the kernel lets two sockets bind one port, so a port
 * that two gateways want must be noticed here.
 */
export class HostPorts {
  readonly #host: string
  readonly #taken: Set<number>

  constructor(host: string, taken: Iterable<number> = []) {
    this.#host = host
    this.#taken = new Set(taken)
  }

  /** Throws a `CliError` that says why the port cannot be had. */
  async hold(port: number): Promise<HeldPort> {
    if (this.#taken.has(port)) throw new CliError(`Port ${port} is another door of this host already.`)
    this.#taken.add(port)
    try {
      const held = await holdPort({ port, host: this.#host, variable: null })
      return {
        port: held.port,
        pass: (child, door) => held.pass(child, door),
        release: () => {
          this.#taken.delete(port)
          held.release()
        },
      }
    } catch (error) {
      this.#taken.delete(port)
      throw error
    }
  }
}
