import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { ModerationTrial, tryModerationInput } from '@/lib/domain/try-moderation.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { modelApiQueries } from './model-apis-queries.ts'

type TrialInput = z.input<typeof tryModerationInput>

/** What rules would do to a text; rules that cannot be used are refused, each at its path. */
export function moderationTrialQuery(workspace: string, api: string, input: TrialInput) {
  const path = apiPath('workspaces', workspace, 'model-apis', api, 'plugins', 'moderation', 'try')
  return queryOptions({
    queryKey: [...modelApiQueries.all(workspace), 'moderation-trial', api, input],
    queryFn: ({ signal }) => consoleApi.post<ModerationTrial>(path, input, { signal }),
  })
}
