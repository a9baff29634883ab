import { consoleContext } from '@/lib/console/console-context.ts'
import type { ProviderConfig } from '@/lib/control-plane/service-config.ts'
import type { InvalidField } from '@/lib/domain/error.ts'
import { otherOwnerOf } from '@/lib/domain/provider-form.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import { providers } from '@/lib/providers/registry.ts'
import type { ProviderInput, ProviderPlan } from './plan-provider.ts'
import { keyProblem } from './prepare-provider.ts'

type KeyInput = ProviderInput['apiKeys'][number]

/** A key as it will be: with its new text, or (null) that of the stored key `id`. */
export interface PlannedKey {
  readonly id: string | null
  readonly label: string
  readonly value: string | null
}

/** What a service had before, whose keys may be kept. */
export interface StoredKeys {
  readonly config: ProviderConfig
  /** Sealed, by id. */
  readonly sealed: ReadonlyMap<string, string>
}

/** Keys are written whole and in order; a stored one stays where no text comes with its id. */
export function planKeys(
  inputs: readonly KeyInput[],
  plan: ProviderPlan,
  stored: StoredKeys | null,
): { readonly keys: readonly PlannedKey[]; readonly problems: readonly InvalidField[] } {
  const { manifest, inferenceServiceId } = plan
  if (!manifest.takesKeys || inferenceServiceId !== null) {
    if (inputs.length === 0) return { keys: [], problems: [] }
    const message = `${manifest.name.en} takes no key. Leave the keys out.`
    return { keys: [], problems: [{ path: 'apiKeys', code: 'no_keys', message }] }
  }
  if (inputs.length === 0 && !manifest.keysOptional) {
    const message = 'Write at least one key.'
    return { keys: [], problems: [{ path: 'apiKeys', code: 'missing', message }] }
  }
  const keys = inputs.map((input) => ({
    id: 'id' in input && input.id !== undefined && stored?.sealed.has(input.id) ? input.id : null,
    label: input.label,
    value: input.value ?? null,
  }))
  const problems = keys.flatMap((key, index) => {
    const problem =
      keptProblem(key, plan, stored) ?? repeated(keys, index) ?? formProblem(textOf(key, stored), plan)
    return problem === null ? [] : [{ ...problem, path: `apiKeys.${index}.value` }]
  })
  return { keys, problems }
}

type Problem = Omit<InvalidField, 'path'>

/** A key that nobody can read must not be sent where whoever edits the service likes. */
function keptProblem(
  { id, value }: PlannedKey,
  plan: ProviderPlan,
  stored: StoredKeys | null,
): Problem | null {
  if (value !== null) return null
  if (id === null || stored === null) return { code: 'missing', message: 'Write a key.' }
  if (isSamePlace(stored.config, plan.config)) return null
  const address = originOf(plan.config.baseUrl) ?? plan.manifest.name.en
  const message = `Keys are kept for the address that they were written for, and ${address} is another one. Write the key again.`
  return { code: 'key_again', message, params: { address } }
}

/** Whether keys of the one may be sent to the other. */
function isSamePlace(before: ProviderConfig, after: ProviderConfig): boolean {
  return before.provider === after.provider && originOf(before.baseUrl) === originOf(after.baseUrl)
}

function originOf(baseUrl: string | undefined): string | null {
  return baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).origin : null
}

function repeated(keys: readonly PlannedKey[], index: number): Problem | null {
  const { id, value } = keys[index] ?? { id: null, value: null }
  const first = keys.findIndex((key) =>
    value === null ? key.value === null && key.id === id : key.value === value,
  )
  if (first === index) return null
  return { code: 'repeated', message: `This repeats key ${first + 1}.`, params: { number: first + 1 } }
}

/** Of a kept key, too: with other options its form may not do any more. */
function textOf({ id, value }: PlannedKey, stored: StoredKeys | null): string | null {
  const sealed = id === null ? undefined : stored?.sealed.get(id)
  if (value !== null || id === null || sealed === undefined) return value
  return openSecret(consoleContext().masterKey, id, sealed)
}

function formProblem(value: string | null, { manifest, preparation }: ProviderPlan): Problem | null {
  if (value === null || !preparation.ok) return null
  const owner = otherOwner(value, manifest)
  if (owner !== null && hasShape(manifest)) {
    const message = `This looks like a key of ${owner.name.en}. Choose that provider, or paste a key of ${manifest.name.en}.`
    return { code: 'key_of_other_provider', message, params: { provider: owner.id, name: owner.name.en } }
  }
  const problem = keyProblem(preparation.prepared, value)
  return problem && { code: problem.code, message: problem.message }
}

function otherOwner(value: string, manifest: ProviderPlan['manifest']) {
  return otherOwnerOf(
    value,
    manifest,
    providers.map((provider) => provider.manifest),
  )
}

/** Providers whose keys look like nothing in particular may well stand in front of another one. */
function hasShape({ credentials }: ProviderPlan['manifest']): boolean {
  return credentials.some(({ prefix }) => prefix !== null)
}
