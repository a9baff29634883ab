'use client'

import { parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import {
  type InvocationMethod,
  invocationMethods,
  type ServiceEndpoints,
} from '@/lib/domain/service-endpoints.ts'

export const sides = ['internet', 'vpc'] as const

export type Side = (typeof sides)[number]

type MethodOf = ServiceEndpoints['methods'][number]
export type SideOf = MethodOf['sides'][number]

/** Which way to call a service the panel shows: `?way=nlb&net=vpc`; null: the usual one. */
export function useInvocationChoice() {
  return useQueryStates(
    { way: parseAsStringLiteral(invocationMethods), net: parseAsStringLiteral(sides) },
    { history: 'push' },
  )
}

/** The gateway that the service is bound to. */
export function usualWay({ gateway }: InferenceService): InvocationMethod {
  return gateway.type === 'shared' ? 'shared-gateway' : 'dedicated-gateway'
}

export function isOffered(method: MethodOf): boolean {
  return method.sides.some((side) => side.available)
}

export function methodOf(endpoints: ServiceEndpoints, way: InvocationMethod): MethodOf | undefined {
  return endpoints.methods.find((candidate) => candidate.method === way)
}

/** The side that was chosen, else the first that is there. */
export function sideOf(method: MethodOf | undefined, net: Side | null): SideOf | undefined {
  const chosen = method?.sides.find((candidate) => candidate.side === net)
  return chosen ?? method?.sides.find(({ available }) => available) ?? method?.sides[0]
}

export function hasAddress({ endpoint, addresses }: SideOf): boolean {
  return endpoint !== null || addresses.length > 0
}
