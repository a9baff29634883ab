import { fieldError } from '@/lib/console/field-error.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { GatewayType, UpdateGatewayInput } from '@/lib/domain/gateway.ts'
import { gatewaySpec, nodeCapacity } from '@/lib/domain/gateway-capacity.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'

export function requireNodeBounds(nodes: number, nodesMax: number): void {
  if (nodes <= nodesMax) return
  throw fieldError('nodesMax', 'nodes_max', `Not fewer than the least, which is ${nodes}.`)
}

/** Months belong to a subscription and to nothing else. */
export function billingColumns(
  billing: 'pay-as-you-go' | 'subscription',
  months: number | null,
): { billing: string; billingMonths: number | null } {
  if (billing === 'subscription' && months === null) {
    throw fieldError('billingMonths', 'months_required', 'Choose how many months the subscription lasts.')
  }
  return { billing, billingMonths: billing === 'subscription' ? months : null }
}

type SizeInput = Pick<UpdateGatewayInput, 'spec' | 'nodes' | 'nodesMax' | 'billing' | 'billingMonths'>

/** The columns that size and billing change, by the rules of the gateway's type. Throws `invalid_input`. */
export function sizeColumns(row: GatewayRow, type: GatewayType, input: SizeInput) {
  refuseForeignFields(type, input)
  if (type === 'shared') return {}
  const nodeCount = input.nodes ?? row.nodeCount
  if (type === 'alb') {
    const nodeCountMax = input.nodesMax ?? row.nodeCountMax
    requireNodeBounds(nodeCount, nodeCountMax)
    return { nodeCount, nodeCountMax }
  }
  const billing = input.billing ?? (row.billing === 'subscription' ? 'subscription' : 'pay-as-you-go')
  const months = input.billingMonths === undefined ? row.billingMonths : input.billingMonths
  return {
    spec: input.spec ?? row.spec,
    nodeCount,
    nodeCountMax: nodeCount,
    ...billingColumns(billing, months),
  }
}

const fieldsOf: Readonly<Record<GatewayType, readonly (keyof SizeInput)[]>> = {
  shared: [],
  alb: ['nodes', 'nodesMax'],
  managed: ['spec', 'nodes', 'billing', 'billingMonths'],
}

const sentences: Readonly<Record<GatewayType, string>> = {
  shared: 'The size of the shared gateway is a setting of its host: SWITCHYARD_GATEWAY_NODES.',
  alb: 'An ALB gateway has no specification and no billing, only the least and the most nodes.',
  managed: 'A fully managed gateway has a fixed number of nodes.',
}

function refuseForeignFields(type: GatewayType, input: SizeInput): void {
  const given = (['spec', 'nodes', 'nodesMax', 'billing', 'billingMonths'] as const).filter(
    (field) => input[field] !== undefined,
  )
  const foreign = given.find((field) => !fieldsOf[type].includes(field))
  if (foreign !== undefined) throw fieldError(foreign, 'not_of_this_type', sentences[type])
}

/** A node takes no more connections than its specification carries, whatever the owner would like. */
export function requireWithinSpec(limits: Readonly<Record<string, unknown>>, spec: string | null): void {
  const known = gatewaySpec.safeParse(spec)
  const { connectionsMax } = limits
  if (!known.success || typeof connectionsMax !== 'number') return
  const { overload } = nodeCapacity[known.data].connections
  if (connectionsMax <= overload) return
  const message = `A node of ${known.data} takes at most ${overload} connections. Choose a larger specification, or fewer.`
  throw new AppError('invalid_input', message, {
    invalidFields: [{ path: 'limits.connectionsMax', code: 'over_spec', message, params: { overload } }],
  })
}
