import * as z from 'zod'

/** What every object of the API has. */
export const objectFields = z.object({
  id: z.string(),
  /** Grows by one with each write; send it back with the next write. */
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})

/** The version that a write was based on; `If-Match: "<version>"` does as well. Without either the write is refused. */
export const versionInput = z.object({ version: z.int().min(1) })

/** A cursor page. `nextCursor` is opaque; null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})
export type PageQuery = z.infer<typeof pageQuery>

/** Printable text on one line, trimmed. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine((text) => !hasControlCharacter(text), 'Remove line breaks and control characters.')
}

export function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}
