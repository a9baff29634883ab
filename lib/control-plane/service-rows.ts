import { type InferenceServiceDocument, inferenceServiceDocument } from './documents.ts'

/** A stored service; the columns themselves are checked by parsing, because another version may have written them. */
export interface StoredService {
  readonly instances: readonly { readonly id: string; readonly url: string; readonly weight: number }[]
}

/** The configuration in a row. */
export function serviceDocument(row: StoredService): InferenceServiceDocument {
  return inferenceServiceDocument.parse({
    ...row,
    instances: row.instances.map(({ id, url, weight }) => ({ id, url, weight })),
  })
}
