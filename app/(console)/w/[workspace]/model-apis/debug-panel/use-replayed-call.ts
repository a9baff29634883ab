'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { recordedCall } from '@/lib/client/recorded-call.ts'
import { requestQueries } from '@/lib/client/requests-queries.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'
import type { BegunCall } from './use-call-form.ts'

interface ReplayedCall {
  readonly isLoading: boolean
  /** Null: the address names no request. */
  readonly begun: BegunCall | null
  /** The one that it names cannot be made again. */
  readonly isMissing: boolean
  /** Its body is not whole here, and a sample stands for it. */
  readonly lacksBody: boolean
}

/** The request that `?record=` names, as a form begins with it. */
export function useReplayedCall(api: ModelApi): ReplayedCall {
  const { workspace } = useWorkspace()
  const [record] = useQueryState('record', parseAsString)
  const { data, isLoading } = useQuery({
    ...requestQueries.detail(workspace, record ?? ''),
    enabled: record !== null,
  })
  const call = data === undefined ? null : recordedCall(api, data)
  if (record === null || isLoading || call === null || data === undefined) {
    return { isLoading, begun: null, isMissing: record !== null && !isLoading, lacksBody: false }
  }
  const { route, method, path, body } = call
  const begun = { route, method, path, consumerId: data.consumer?.id ?? null }
  if (body.state === 'text') {
    return {
      isLoading,
      begun: { ...begun, kind: 'json', text: body.text },
      isMissing: false,
      lacksBody: false,
    }
  }
  return { isLoading, begun, isMissing: false, lacksBody: body.state !== 'none' }
}
