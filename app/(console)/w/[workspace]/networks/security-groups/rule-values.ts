import * as z from 'zod'
import {
  createSecurityGroupInput,
  type SecurityGroup,
  type SecurityRule,
  securityRuleInput,
} from '@/lib/domain/network.ts'

const lastPort = 65_535
const portsComplaint = 'Write a port such as 8000, a range such as 8000-8100, or leave it empty for all.'

/** A row of the editor: the ports of a rule are one text. */
const ruleRow = z.object({
  protocol: securityRuleInput.shape.protocol,
  ports: z.string().refine((text) => readPorts(text) !== null, portsComplaint),
  cidr: securityRuleInput.shape.cidr,
  action: securityRuleInput.shape.action,
})
export type RuleRow = z.infer<typeof ruleRow>

/** Order means something within a direction only, so each direction is a list of its own. */
export const groupValues = z.object({
  name: createSecurityGroupInput.shape.name,
  inbound: z.array(ruleRow),
  outbound: z.array(ruleRow),
})
export type GroupValues = z.infer<typeof groupValues>
export type Direction = SecurityRule['direction']

export const directions = ['inbound', 'outbound'] as const satisfies readonly Direction[]
export const rulesMax = 100

/** `8000`, `8000-8100`, or nothing for every port; null for anything else. */
export function readPorts(text: string): { readonly portFrom: number; readonly portTo: number } | null {
  const written = text.trim()
  if (written === '') return { portFrom: 1, portTo: lastPort }
  const [, from, to = from] = /^(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?$/.exec(written) ?? []
  const [portFrom, portTo] = [Number(from), Number(to)]
  return portFrom >= 1 && portFrom <= portTo && portTo <= lastPort ? { portFrom, portTo } : null
}

export function writePorts({ portFrom, portTo }: Pick<SecurityRule, 'portFrom' | 'portTo'>): string {
  if (portFrom === 1 && portTo === lastPort) return ''
  return portFrom === portTo ? String(portFrom) : `${portFrom}-${portTo}`
}

export function valuesOf({ name, rules }: Pick<SecurityGroup, 'name' | 'rules'>): GroupValues {
  const rowsOf = (direction: Direction) =>
    rules
      .filter((rule) => rule.direction === direction)
      .map(({ protocol, cidr, action, ...ports }) => ({ protocol, cidr, action, ports: writePorts(ports) }))
  return { name, inbound: rowsOf('inbound'), outbound: rowsOf('outbound') }
}

export function rulesOf(values: GroupValues): SecurityRule[] {
  return directions.flatMap((direction) =>
    values[direction].flatMap(({ ports, protocol, cidr, action }) => {
      const range = readPorts(ports)
      return range === null ? [] : [{ direction, protocol, ...range, cidr, action }]
    }),
  )
}

/** Where a complaint about `rules.3.cidr` is shown. */
export function fieldOf(path: string, { inbound }: Pick<GroupValues, 'inbound'>): string {
  const [, place, field = ''] = /^rules\.(\d+)(?:\.(\w+))?$/.exec(path) ?? []
  if (place === undefined) return path === 'rules' ? 'inbound' : path
  const index = Number(place)
  const row = index < inbound.length ? `inbound.${index}` : `outbound.${index - inbound.length}`
  return `${row}.${field.startsWith('port') ? 'ports' : field || 'cidr'}`
}
