import type * as z from 'zod'
import { fillOptions } from '@/lib/domain/provider-form.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { CreateServiceForm, updateServiceInput } from '@/lib/domain/upstream-service.ts'
import { type CredentialForm, isAutomatic, keyFormOf, offeredProtocol, presetUrl } from './provider-form.ts'
import { type KeyRow, type ServiceFormValues, splitAddresses } from './service-form-values.ts'

type Manifests = readonly ProviderManifest[]
type Part<S extends CreateServiceForm['source'], P extends string> =
  Extract<CreateServiceForm, { source: S }> extends infer Form
    ? P extends keyof Form
      ? Form[P]
      : never
    : never

/** What the API is sent for a new service, and what is tried before it is saved. */
export function createServiceOf(values: ServiceFormValues, manifests: Manifests): CreateServiceForm {
  const common = {
    name: values.name.trim(),
    gatewayId: values.gatewayId,
    description: values.description.trim(),
    // Null is refused by the schema that reads this, with the sentence for an empty field.
    requestTimeoutMs: values.requestTimeoutMs ?? Number.NaN,
  }
  switch (values.source) {
    case 'ai':
      return { ...common, source: 'ai', ai: aiPart(values, manifests) }
    case 'agent': {
      const { protocol: _, models: __, ...agent } = aiPart(values, manifests)
      return { ...common, source: 'agent', agent }
    }
    case 'dns':
      return { ...common, source: 'dns', dns: { addresses: [...listed(values)], ...reachedPart(values) } }
    case 'fixed':
      return { ...common, source: 'fixed', fixed: { addresses: weighted(values), ...reachedPart(values) } }
    case 'kubernetes':
      return { ...common, source: 'kubernetes', kubernetes: kubernetesPart(values) }
    case 'sae':
      return { ...common, source: 'sae', sae: kubernetesPart(values) }
    case 'nacos':
      return { ...common, source: 'nacos', nacos: nacosPart(values) }
    case 'function-compute':
      return { ...common, source: 'function-compute', functionCompute: functionPart(values) }
  }
}

/** Name, gateway and source stay, so they are not sent. */
export function updateServiceOf(
  values: ServiceFormValues,
  manifests: Manifests,
  version: number,
): z.input<typeof updateServiceInput> {
  const { name: _, gatewayId: __, source: ___, ...changes } = createServiceOf(values, manifests)
  return { ...changes, version }
}

function aiPart(values: ServiceFormValues, manifests: Manifests): Part<'ai', 'ai'> {
  const { provider, options, models } = values
  const manifest = manifests.find(({ id }) => id === provider)
  if (manifest === undefined) return { provider, apiKeys: [] }
  const protocol = offeredProtocol(manifest, values.protocol, options)
  const baseUrl = values.baseUrl.trim()
  const own = baseUrl === '' || baseUrl === presetUrl(manifest, protocol, options)
  const credential = keyFormOf(manifest, protocol, options)
  return {
    provider,
    protocol,
    ...(own || isAutomatic(manifest) ? {} : { baseUrl }),
    apiKeys: keyInputs(values, manifest, credential),
    keyFailover: failoverPart(values),
    models: [...models],
    options: { ...fillOptions(manifest, options) },
  }
}

/** One field is the key itself; several are an object of them. */
function keyText({ fields }: KeyRow, { fields: wanted }: CredentialForm): string {
  const read = (name: string) => (fields[name] ?? '').trim()
  const [only] = wanted
  if (wanted.every(({ name }) => read(name) === '')) return ''
  if (wanted.length === 1 && only) return read(only.name)
  const entries = wanted.map(({ name }) => [name, read(name)] as const).filter(([, value]) => value !== '')
  return JSON.stringify(Object.fromEntries(entries))
}

function keyInputs(
  { keys }: ServiceFormValues,
  manifest: ProviderManifest,
  credential: CredentialForm | null,
) {
  if (credential === null) return []
  const [only, ...others] = keys
  // One empty row is how a form shows that no key is there.
  const none = only?.keyId === '' && others.length === 0 && keyText(only, credential) === ''
  return manifest.keysOptional && none ? [] : keys.map((row) => keyInput(row, credential))
}

function keyInput(row: KeyRow, credential: CredentialForm) {
  const value = keyText(row, credential)
  return {
    label: row.label.trim(),
    ...(row.keyId === '' ? {} : { id: row.keyId }),
    ...(value === '' ? {} : { value }),
  }
}

function failoverPart({ failover, keys }: ServiceFormValues) {
  if (!failover.enabled || keys.length < 2) return null
  return { failures: failover.failures ?? Number.NaN, retryMs: failover.retryMs ?? Number.NaN }
}

function listed({ addresses }: ServiceFormValues): readonly string[] {
  return splitAddresses(addresses)
}

function weighted(values: ServiceFormValues) {
  return listed(values).map((address) => ({
    address,
    weight: values.weights.find((entry) => entry.address === address)?.weight ?? 1,
  }))
}

function reachedPart({ tls, healthCheck, balancing }: ServiceFormValues) {
  return { tls: tlsPart(tls), healthCheck: healthPart(healthCheck), balancing }
}

function tlsPart({ mode, serverName, ca, certificateId }: ServiceFormValues['tls']) {
  if (mode === 'off') return { mode }
  const trusted = { serverName: serverName.trim() || null, ca: ca.trim() || null }
  return mode === 'one-way' ? { mode, ...trusted } : { mode, ...trusted, certificateId }
}

function healthPart({ enabled, ...check }: ServiceFormValues['healthCheck']) {
  if (!enabled) return null
  return {
    path: check.path.trim(),
    intervalMs: check.intervalMs ?? Number.NaN,
    timeoutMs: check.timeoutMs ?? Number.NaN,
    unhealthyAfter: check.unhealthyAfter ?? Number.NaN,
    healthyAfter: check.healthyAfter ?? Number.NaN,
  }
}

function kubernetesPart(values: ServiceFormValues) {
  const { sourceId, namespace, service, port } = values.discovery
  return { sourceId, namespace, service, port, ...reachedPart(values) }
}

function nacosPart(values: ServiceFormValues) {
  const { sourceId, namespace, group, service } = values.discovery
  return {
    sourceId,
    ...(namespace === '' ? {} : { namespace }),
    group: group.trim(),
    service,
    ...reachedPart(values),
  }
}

function functionPart({ functionCompute }: ServiceFormValues) {
  return {
    function: functionCompute.function.trim(),
    qualifier: functionCompute.qualifier.trim() || 'LATEST',
    url: functionCompute.url.trim(),
  }
}
