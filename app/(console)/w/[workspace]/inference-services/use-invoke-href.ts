'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import type { InferenceService } from '@/lib/domain/inference-service.ts'

/** Where the list opens its drawer for a service; every other choice in the address stays. */
export function useInvokeHref(): (service: InferenceService) => string {
  const pathname = usePathname()
  const search = useSearchParams()
  return (service) => {
    const next = new URLSearchParams(search)
    next.set('invoke', service.id)
    return `${pathname}?${next}`
  }
}
