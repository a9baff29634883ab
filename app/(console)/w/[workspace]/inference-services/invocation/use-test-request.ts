'use client'

import { useSendTestRequest } from '@/lib/client/inference-services-queries.ts'
import type { TestRequestInput } from '@/lib/domain/test-request.ts'

export type TestRequest = ReturnType<typeof useTestRequest>

/** The last test request of this panel and its answer. */
export function useTestRequest(workspace: string, service: string) {
  const { mutate, reset, data, error, isPending, variables } = useSendTestRequest(workspace, service)
  return { send: (input: TestRequestInput) => mutate(input), reset, data, error, isPending, sent: variables }
}
