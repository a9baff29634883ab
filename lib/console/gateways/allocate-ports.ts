import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { type SideDoor, sideDoors } from '@/lib/control-plane/gateway-place.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { NlbListener } from '@/lib/domain/service-access.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import {
  findPortHolder,
  insertPort,
  listPortsOfGateway,
  listPortsOfService,
  listTakenPorts,
  removePortsOfService,
} from '@/lib/persistence/port-store.ts'

/** What a dedicated gateway's side listens on, from its first use for as long as the gateway exists. */
export async function allocateSidePorts(
  transaction: Transaction,
  gatewayId: string,
  side: 'internet' | 'vpc',
): Promise<void> {
  const held = new Set((await listPortsOfGateway(transaction, gatewayId)).map(({ door }) => door))
  for (const door of sideDoors) {
    if (!isOfSide(door, side) || held.has(door)) continue
    await insertPort(transaction, { port: await lowestFreePort(transaction, ''), gatewayId, door })
  }
}

function isOfSide(door: SideDoor, side: 'internet' | 'vpc'): boolean {
  return door === side || door === `${side}-tls`
}

export interface NlbPortRequest {
  readonly gatewayId: string
  readonly serviceId: string
  /** Whose names a conflict may tell. */
  readonly workspaceId: string
  /** The service's whole list; null takes the lowest free port. */
  readonly listeners: readonly { readonly port: number | null; readonly side: 'internet' | 'vpc' }[]
}

/**
 * Makes a service's NLB ports what its list says, on the gateway that it is bound to: others of the service are given
 * back. Answers the list with every port filled in. Throws `invalid_input` at `nlb.<index>.port`.
 */
export async function allocateNlbPorts(
  transaction: Transaction,
  { gatewayId, serviceId, workspaceId, listeners }: NlbPortRequest,
): Promise<NlbListener[]> {
  const given = listeners.flatMap(({ port }) => (port === null ? [] : [port]))
  const kept = await listPortsOfService(transaction, serviceId)
  await removePortsOfService(transaction, serviceId, { gatewayId, ports: given })
  // Given ones first, so that none of them goes to a listener that takes any.
  for (const [index, { port }] of listeners.entries()) {
    if (port === null) continue
    const holder = await findPortHolder(transaction, port)
    if (holder?.serviceId === serviceId) continue
    if (!kept.includes(port)) requireInRange(port, index)
    const owner = reservedFor(port) ?? (holder === null ? null : ownerOf(holder, workspaceId))
    if (owner !== null)
      throw portRefusal(index, 'port_taken', `Port ${port} belongs to ${owner}. Choose another one.`)
    await insertPort(transaction, { port, gatewayId, door: `nlb-${port}`, serviceId })
  }
  const filled: NlbListener[] = []
  for (const [index, { port, side }] of listeners.entries()) {
    const chosen = port ?? (await lowestFreePort(transaction, `nlb.${index}.port`))
    if (port === null)
      await insertPort(transaction, { port: chosen, gatewayId, door: `nlb-${chosen}`, serviceId })
    filled.push({ port: chosen, side })
  }
  return filled
}

/** Gives all NLB ports of a service back; before the service is deleted. */
export async function releaseNlbPorts(transaction: Transaction, serviceId: string): Promise<void> {
  await removePortsOfService(transaction, serviceId)
}

async function lowestFreePort(transaction: Transaction, path: string): Promise<number> {
  const [first, last] = consoleContext().place.dedicatedPorts
  const taken = await listTakenPorts(transaction)
  for (let port = first; port <= last; port++) {
    if (!taken.has(port) && reservedFor(port) === null) return port
  }
  const message = `All ports from ${first} to ${last} are used. Delete a gateway or an NLB listener, or widen SWITCHYARD_DEDICATED_PORTS.`
  throw new AppError('conflict', message, { invalidFields: [{ path, code: 'ports_used_up', message }] })
}

/** Whoever may deploy a service chooses among the ports that the installation set aside, not among all of the host. */
function requireInRange(port: number, index: number): void {
  const [first, last] = consoleContext().place.dedicatedPorts
  if (port >= first && port <= last) return
  const message = `Port ${port} is not one of the installation’s. Choose one from ${first} to ${last} (SWITCHYARD_DEDICATED_PORTS), or leave it empty.`
  throw portRefusal(index, 'port_out_of_range', message)
}

/** Ports that processes of the installation itself hold. */
function reservedFor(port: number): string | null {
  const { sharedPorts, consolePort, nameServerPort } = consoleContext().place
  if (port === consolePort) return 'the console'
  if (port === nameServerPort) return 'the name server'
  return Object.values(sharedPorts).includes(port) ? 'the shared gateway' : null
}

/** Objects of other workspaces have no names here. */
function ownerOf(
  { door, gateway }: { door: string; gateway: { name: string; workspaceId: string | null } },
  workspaceId: string,
): string {
  if (door.startsWith('nlb-') && gateway.workspaceId === null) return 'an NLB listener of the shared gateway'
  if (gateway.workspaceId !== workspaceId) return 'a gateway of another workspace'
  return door.startsWith('nlb-') ? `an NLB listener of ${gateway.name}` : `gateway ${gateway.name}`
}

function portRefusal(index: number, code: string, message: string): AppError {
  return fieldError(`nlb.${index}.port`, code, message)
}
