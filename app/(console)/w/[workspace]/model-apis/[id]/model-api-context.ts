'use client'

import { createContext, useContext } from 'react'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { assert } from '@/lib/platform/assert.ts'

const ModelApiContext = createContext<ModelApi | null>(null)

export const ModelApiProvider = ModelApiContext.Provider

/** The Model API that the tabs around the caller are about. */
export function useModelApi(): ModelApi {
  const api = useContext(ModelApiContext)
  assert(api !== null, 'A tab of a Model API is shown inside its frame.')
  return api
}
