import type { Page } from '@/lib/domain/object.ts'

/** All objects of a list, page by page; `load` is called with the cursor that the last page gave. */
export async function everyPage<T>(load: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await load(cursor)
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}
