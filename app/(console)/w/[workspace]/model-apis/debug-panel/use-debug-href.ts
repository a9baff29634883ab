'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import type { ModelApi } from '@/lib/domain/model-api.ts'

/** Where the list opens its Debug panel for an API; every other choice in the address stays. */
export function useDebugHref(): (api: Pick<ModelApi, 'id'>) => string {
  const pathname = usePathname()
  const search = useSearchParams()
  return useCallback(
    ({ id }) => {
      const next = new URLSearchParams(search)
      next.set('debug', id)
      return `${pathname}?${next}`
    },
    [pathname, search],
  )
}
