import { isDeepStrictEqual } from 'node:util'
import { consoleContext } from '@/lib/console/console-context.ts'
import { sourceConfig, sourceSecret } from '@/lib/control-plane/source-config.ts'
import { toJson } from '@/lib/persistence/json-null.ts'
import { openSecret, sealSecret } from '@/lib/persistence/sealed-secret.ts'
import type { SourceRow } from '@/lib/persistence/source-store.ts'
import type { SourcePlan } from './plan-source.ts'

/** A secret that stays is not sealed again: nothing is to look changed that is not. */
export function sourceColumns(
  { id, before }: { readonly id: string; readonly before: SourceRow | null },
  { config, secret }: SourcePlan,
) {
  const { type: _, ...columns } = config
  const isKept = before !== null && isDeepStrictEqual(storedPlan(before).secret, secret)
  const seal = () => secret && sealSecret(consoleContext().masterKey, id, JSON.stringify(secret))
  return { config: toJson(columns), secretSealed: isKept ? before.secretSealed : seal() }
}

/** What is stored, its secret opened. */
export function storedPlan(row: Pick<SourceRow, 'id' | 'type' | 'config' | 'secretSealed'>): SourcePlan {
  const { id, secretSealed } = row
  const config = sourceConfig.parse({ ...(row.config as object), type: row.type })
  if (secretSealed === null) return { config, secret: null }
  const opened = openSecret(consoleContext().masterKey, id, secretSealed)
  return { config, secret: sourceSecret.parse(JSON.parse(opened)) }
}
