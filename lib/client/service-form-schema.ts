import * as z from 'zod'
import { hostPortComplaints } from '@/lib/domain/host-port.ts'
import { checkOptions, fillOptions } from '@/lib/domain/provider-form.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import { createServiceInput } from '@/lib/domain/upstream-service.ts'
import { isAutomatic, keyFormOf, offeredProtocol, presetUrl, wordsIn } from './provider-form.ts'
import { createServiceOf } from './service-form-input.ts'
import { type ServiceFormValues, splitAddresses } from './service-form-values.ts'

interface SchemaOptions {
  readonly manifests: readonly ProviderManifest[]
  readonly locale: string
  /** Sentences for what schemas leave unsaid. */
  readonly error: (issue: z.core.$ZodRawIssue) => string
}

interface Complaint {
  readonly path: string
  readonly message: string
}

/** Checks what the API would: with its own schema, by the provider's manifest, and address by address. */
export function serviceFormSchema(options: SchemaOptions): z.ZodType<ServiceFormValues, ServiceFormValues> {
  return z.custom<ServiceFormValues>().check((context) => {
    const values = context.value
    const found = [
      ...providerComplaints(values, options),
      ...addressComplaints(values),
      ...inputComplaints(values, options),
    ]
    const seen = new Set<string>()
    for (const { path, message } of found) {
      if (seen.has(path)) continue
      seen.add(path)
      context.issues.push({ code: 'custom', message, path: path.split('.').map(segment), input: values })
    }
  })
}

/** Names of options may be numbers only in rows, where they are indexes. */
function segment(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text
}

function inputComplaints(values: ServiceFormValues, { manifests, error }: SchemaOptions): Complaint[] {
  const parsed = createServiceInput.safeParse(createServiceOf(values, manifests), { error })
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => ({
    path: serviceFieldPath(path.join('.'), values, manifests),
    message,
  }))
}

function addressComplaints({ source, addresses }: ServiceFormValues): Complaint[] {
  if (source !== 'dns' && source !== 'fixed') return []
  const [first] = hostPortComplaints(splitAddresses(addresses), source)
  return first ? [{ path: 'addresses', message: first.message }] : []
}

function providerComplaints(values: ServiceFormValues, { manifests, locale }: SchemaOptions): Complaint[] {
  if (values.source !== 'ai' && values.source !== 'agent') return []
  const manifest = manifests.find(({ id }) => id === values.provider)
  if (manifest === undefined)
    return [{ path: 'provider', message: 'There is no such provider. Choose one of the list.' }]
  return [
    ...urlComplaints(values, manifest),
    ...checkOptions(manifest, fillOptions(manifest, values.options)).map(({ option, message }) => ({
      path: `options.${option}`,
      message: wordsIn(message, locale),
    })),
    ...keyComplaints(values, manifest),
  ]
}

function urlComplaints({ baseUrl, protocol, options }: ServiceFormValues, manifest: ProviderManifest) {
  if (baseUrl.trim() !== '' || isAutomatic(manifest)) return []
  const preset = presetUrl(manifest, offeredProtocol(manifest, protocol, options), options)
  return preset === '' ? [{ path: 'baseUrl', message: 'Write the base URL of the service.' }] : []
}

function keyComplaints(values: ServiceFormValues, manifest: ProviderManifest): Complaint[] {
  const { keys, options, protocol } = values
  const credential = keyFormOf(manifest, offeredProtocol(manifest, protocol, options), options)
  if (credential === null) return []
  if (keys.length === 0) return [{ path: 'keys', message: 'Write at least one key.' }]
  return keys.flatMap((row, index) => {
    const at = (name: string) => `keys.${index}.fields.${name}`
    const text = (name: string) => (row.fields[name] ?? '').trim()
    const none = credential.fields.every(({ name }) => text(name) === '')
    if (none && (row.keyId !== '' || (manifest.keysOptional && keys.length === 1))) return []
    const missing = credential.fields
      .filter(({ name, required }) => required && text(name) === '')
      .map(({ name }) => ({ path: at(name), message: 'Write a key.' }))
    const broken = credential.fields
      .filter(({ name, kind }) => kind === 'json' && !isJsonObject(text(name)))
      .map(({ name }) => ({ path: at(name), message: 'This is not a JSON document.' }))
    return [...missing, ...broken]
  })
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

const discovered = new Set(['sourceId', 'namespace', 'group', 'service', 'port'])

/** `ai.apiKeys.1.value` is a field of the form: `keys.1.fields.key`. */
export function serviceFieldPath(
  path: string,
  values: ServiceFormValues,
  manifests: readonly ProviderManifest[],
): string {
  const [part = '', field = '', ...rest] = path.split('.')
  if (!['ai', 'agent', 'dns', 'fixed', 'kubernetes', 'sae', 'nacos'].includes(part)) return path
  if (field === '') return 'name'
  if (field === 'apiKeys') return keyPath(rest, values, manifests)
  if (field === 'keyFailover') return ['failover', ...rest].join('.')
  // One control edits all of them.
  if (field === 'addresses' || field === 'models') return field
  if (discovered.has(field)) return `discovery.${field}`
  return [field, ...rest].join('.')
}

function keyPath(
  [index, field]: readonly string[],
  { provider, protocol, options }: ServiceFormValues,
  manifests: readonly ProviderManifest[],
): string {
  if (index === undefined) return 'keys'
  if (field === 'label') return `keys.${index}.label`
  const manifest = manifests.find(({ id }) => id === provider)
  const first =
    manifest && keyFormOf(manifest, offeredProtocol(manifest, protocol, options), options)?.fields[0]
  return first ? `keys.${index}.fields.${first.name}` : 'keys'
}
