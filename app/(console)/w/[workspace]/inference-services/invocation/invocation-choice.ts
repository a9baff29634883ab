'use client'

import { parseAsStringLiteral, useQueryStates } from 'nuqs'
import { invocationMethods, type ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'

export const sides = ['internet', 'vpc'] as const

export type Side = (typeof sides)[number]

type MethodOf = ServiceEndpoints['methods'][number]
export type SideOf = MethodOf['sides'][number]

/** Which way to call a service the panel shows: `?way=shared-gateway&net=vpc`. */
export function useInvocationChoice() {
  return useQueryStates(
    {
      way: parseAsStringLiteral(invocationMethods).withDefault('shared-gateway'),
      net: parseAsStringLiteral(sides).withDefault('internet'),
    },
    { history: 'push' },
  )
}

export function isOffered(method: MethodOf): boolean {
  return method.sides.some((side) => side.available)
}

export function sideOf(endpoints: ServiceEndpoints, way: string, net: Side): SideOf | undefined {
  const method = endpoints.methods.find((candidate) => candidate.method === way)
  return method?.sides.find((candidate) => candidate.side === net) ?? method?.sides[0]
}
