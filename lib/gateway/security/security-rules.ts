import { AddressSet } from '@/lib/addresses/address-set.ts'
import type { SecurityRuleSnapshot } from '@/lib/snapshot/snapshot.ts'

type Direction = SecurityRuleSnapshot['direction']

/** Neighbouring rules that differ in nothing but their blocks. */
interface Step {
  readonly portFrom: number
  readonly portTo: number
  readonly addresses: AddressSet
  readonly isAllowed: boolean
}

/**
 * The rules of a security group, compiled once. In their order, the first that fits an address and a port decides;
 * without one, inbound is denied and outbound is allowed. IPv4-mapped IPv6 addresses count as the IPv4 address.
 */
export class SecurityRules {
  readonly #inbound: readonly Step[]
  readonly #outbound: readonly Step[]

  /** Throws on a block that is neither an address nor a CIDR block. */
  constructor(rules: readonly SecurityRuleSnapshot[]) {
    this.#inbound = stepsOf(rules, 'inbound')
    this.#outbound = stepsOf(rules, 'outbound')
  }

  /** May this address call an instance at this port? */
  admits(address: string, port: number): boolean {
    return decide(this.#inbound, address, port) ?? false
  }

  /** May this address be called at this port on behalf of the service? */
  permits(address: string, port: number): boolean {
    return decide(this.#outbound, address, port) ?? true
  }
}

/** What a service without a security group has. */
export const noSecurityRules = new SecurityRules([])

function stepsOf(rules: readonly SecurityRuleSnapshot[], direction: Direction): Step[] {
  const runs: SecurityRuleSnapshot[][] = []
  for (const rule of rules) {
    if (rule.direction !== direction) continue
    const run = runs.at(-1)
    if (run?.[0] !== undefined && isAlike(run[0], rule)) run.push(rule)
    else runs.push([rule])
  }
  return runs.flatMap((run) => {
    const [first] = run
    if (first === undefined) return []
    const { portFrom, portTo, action } = first
    const addresses = new AddressSet(run.map(({ cidr }) => cidr))
    return [{ portFrom, portTo, addresses, isAllowed: action === 'allow' }]
  })
}

function isAlike(one: SecurityRuleSnapshot, other: SecurityRuleSnapshot): boolean {
  return one.portFrom === other.portFrom && one.portTo === other.portTo && one.action === other.action
}

function decide(steps: readonly Step[], address: string, port: number): boolean | null {
  for (const { portFrom, portTo, addresses, isAllowed } of steps) {
    if (port >= portFrom && port <= portTo && addresses.has(address)) return isAllowed
  }
  return null
}
