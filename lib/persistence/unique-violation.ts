import { AppError } from '@/lib/domain/error.ts'

/** The fields whose values exist already, or null when the error is another one. */
export function uniqueViolation(error: unknown): readonly string[] | null {
  if (!hasCode(error, 'P2002')) return null
  const meta = 'meta' in error ? (error.meta as UniqueMeta | undefined) : undefined
  const constraint = meta?.driverAdapterError?.cause?.constraint
  return (constraint?.fields ?? meta?.target ?? fieldsOfIndex(constraint?.index)).map(unquote)
}

/** Turns a broken unique constraint into the sentence for the caller; any other error passes. */
export async function insertOrConflict<T>(sentence: string, insert: () => Promise<T>): Promise<T> {
  try {
    return await insert()
  } catch (error) {
    if (uniqueViolation(error) === null) throw error
    throw new AppError('conflict', sentence, { cause: error })
  }
}

/** A row that other rows point at was to go, or one was to point at nothing. */
export function isForeignKeyViolation(error: unknown): boolean {
  return hasCode(error, 'P2003')
}

interface UniqueMeta {
  readonly target?: readonly string[]
  readonly driverAdapterError?: {
    readonly cause?: {
      readonly constraint?: { readonly fields?: readonly string[]; readonly index?: string }
    }
  }
}

function hasCode(error: unknown, code: string): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && error.code === code
}

/** `Workspace_name_key` → `['name']`. */
function fieldsOfIndex(index: string | undefined): readonly string[] {
  return index?.split('_').slice(1, -1) ?? []
}

function unquote(field: string): string {
  return field.replace(/^"|"$/g, '')
}
