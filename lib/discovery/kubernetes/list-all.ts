import type * as z from 'zod'
import type { KubernetesClient, Query } from './kubernetes-client.ts'
import { KubernetesError } from './kubernetes-error.ts'
import { listOf } from './kubernetes-objects.ts'

const pageSize = 500
const pagesMax = 40

/** A whole collection, page by page, and from where it can be watched. Rejects with `KubernetesError`. */
export async function listAll<Item>(
  client: KubernetesClient,
  path: string,
  item: z.ZodType<Item>,
  query: Query = {},
  signal?: AbortSignal,
): Promise<{ items: Item[]; resourceVersion: string }> {
  const items: Item[] = []
  let next = ''
  for (let page = 0; page < pagesMax; page++) {
    const asked = { ...query, limit: String(pageSize), ...(next !== '' && { continue: next }) }
    const answer = listOf(item).safeParse(await client.get(path, asked, signal))
    if (!answer.success)
      throw new KubernetesError(null, `The address answers no list of Kubernetes for ${path}.`)
    for (const found of answer.data.items ?? []) items.push(found)
    next = answer.data.metadata.continue
    if (next === '') return { items, resourceVersion: answer.data.metadata.resourceVersion }
  }
  throw new KubernetesError(null, `The list at ${path} is too long: over ${pageSize * pagesMax} entries.`)
}
