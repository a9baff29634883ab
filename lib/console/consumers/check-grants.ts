import { refuseProblems } from '@/lib/console/field-problems.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getModelApi } from '@/lib/persistence/model-api-store.ts'

/** Each must be a Model API of the workspace. */
export async function checkGrants(
  transaction: Transaction,
  workspaceId: string,
  modelApiIds: readonly string[],
): Promise<void> {
  const problems = []
  for (const [index, id] of modelApiIds.entries()) {
    const row = await getModelApi(transaction, workspaceId, id)
    if (row?.id === id) continue
    const message = 'There is no such Model API in this workspace.'
    problems.push({ path: `modelApiIds.${index}`, code: 'model_api_unknown', message })
  }
  refuseProblems(problems)
}
