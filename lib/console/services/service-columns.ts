import { consoleContext } from '@/lib/console/console-context.ts'
import { withoutSource } from '@/lib/control-plane/service-config.ts'
import { toJson } from '@/lib/persistence/json-null.ts'
import { sealSecret } from '@/lib/persistence/sealed-secret.ts'
import type { ServiceKeyInsert, ServiceKeyRow } from '@/lib/persistence/service-store.ts'
import { createId } from '@/lib/platform/id.ts'
import type { ServicePlan } from './plan-service.ts'

export function serviceColumns({ config, sourceId, certificateId, inferenceServiceId }: ServicePlan) {
  return { config: toJson({ ...withoutSource(config) }), sourceId, certificateId, inferenceServiceId }
}

/** New texts sealed, each under its key's id; what is kept stays as it is. A new text makes a new key. */
export function sealKeys(
  { keys }: ServicePlan,
  stored: readonly ServiceKeyRow[] = [],
): readonly ServiceKeyInsert[] {
  const { masterKey, clock } = consoleContext()
  const now = clock.now()
  return keys.flatMap(({ id: keptId, label, value }) => {
    if (value === null) {
      const kept = stored.find((key) => key.id === keptId)
      return kept === undefined ? [] : [{ ...kept, label }]
    }
    const id = createId('key', now)
    const sealed = sealSecret(masterKey, id, value)
    return [{ id, label, sealed, hint: keyHint(value), createdAt: new Date(now) }]
  })
}

/** The last four characters; of a key in several fields, those of what identifies it. Nothing of a short one. */
function keyHint(key: string): string {
  const text = identityOf(key) ?? key
  return text.length < 12 ? '' : text.slice(-4)
}

function identityOf(key: string): string | null {
  if (!key.startsWith('{')) return null
  try {
    const fields = Object.entries(JSON.parse(key) as object).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    )
    return (fields.find(([name]) => /id$/i.test(name)) ?? fields[0])?.[1] ?? ''
  } catch {
    return null
  }
}
