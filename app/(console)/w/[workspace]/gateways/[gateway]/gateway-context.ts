'use client'

import { createContext, useContext } from 'react'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { assert } from '@/lib/platform/assert.ts'

const GatewayContext = createContext<Gateway | null>(null)

export const GatewayProvider = GatewayContext.Provider

/** The gateway that the tabs around the caller are about. */
export function useGateway(): Gateway {
  const gateway = useContext(GatewayContext)
  assert(gateway !== null, 'A tab of a gateway is shown inside its frame.')
  return gateway
}
