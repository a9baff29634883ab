import { QueryClient } from '@tanstack/react-query'
import { ConsoleApiError } from './console-api-error.ts'

/** One per browser tab. Live events keep the data fresh, so time alone refetches rarely. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal is an answer; only silence is worth a second try.
        retry: (failures, error) => failures < 2 && error instanceof ConsoleApiError && error.retryable,
      },
      mutations: { retry: false },
    },
  })
}
