import * as z from 'zod'
import { bareUrl } from './bare-url.ts'
import { objectName } from './network.ts'
import { line, objectFields, versionInput } from './object.ts'

/** Registries that services are discovered in. They belong to one gateway and do not change it. */
export const sourceTypes = ['kubernetes', 'sae', 'nacos'] as const
export const sourceType = z.enum(sourceTypes)
export type SourceType = z.infer<typeof sourceType>

/** Per gateway. SAE is reached through the Kubernetes API and counts as Kubernetes. */
export const sourceLimits = { kubernetes: 3, nacos: 1 } as const

export const hiddenNamespaces = ['arms-prom', 'kube-system', 'mse-pilot'] as const
/** Services whose names start with it are not offered. */
export const hiddenServicePrefix = 'consumers'

const kubernetesConnection = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('kubeconfig'),
    /** YAML, write-only. Left out in an update: the stored one stays. */
    kubeconfig: z.string().min(1).max(262_144).optional(),
    /** Null: the current one. */
    context: line(256).nullable().default(null),
  }),
  z.object({
    kind: z.literal('server'),
    url: bareUrl('Write the address of the API server, such as https://10.0.0.1:6443.'),
    /** PEM; null: the system's authorities. */
    ca: z.string().max(65_536).nullable().default(null),
    /** Write-only. Left out in an update: the stored one stays. */
    token: z.string().min(1).max(16_384).optional(),
  }),
  z.object({ kind: z.literal('in-cluster') }),
])

const namespaces = z.array(line(253)).max(100)

const kubernetesFields = z.object({
  connection: kubernetesConnection,
  /** Not offered in forms. */
  hiddenNamespaces: namespaces.default([...hiddenNamespaces]),
})

const nacosFields = z.object({
  servers: z
    .array(bareUrl('Write a server such as http://nacos.internal:8848.', 512))
    .min(1, 'Name at least one server.')
    .max(8),
  /** Empty: `public`. */
  namespace: line(128).default(''),
  groups: z.array(line(128)).max(50).default(['DEFAULT_GROUP']),
  username: line(128).nullable().default(null),
  /** Write-only. Left out in an update: the stored one stays. */
  password: z.string().min(1).max(256).nullable().optional(),
})

export const createSourceInput = z.discriminatedUnion('type', [
  z.object({
    name: objectName,
    gatewayId: z.string().min(1).max(64),
    type: z.literal('kubernetes'),
    kubernetes: kubernetesFields,
  }),
  z.object({
    name: objectName,
    gatewayId: z.string().min(1).max(64),
    type: z.literal('sae'),
    kubernetes: kubernetesFields,
  }),
  z.object({
    name: objectName,
    gatewayId: z.string().min(1).max(64),
    type: z.literal('nacos'),
    nacos: nacosFields,
  }),
])
export type CreateSourceInput = z.infer<typeof createSourceInput>
export type CreateSourceForm = z.input<typeof createSourceInput>

/** Type and gateway stay. */
export const updateSourceInput = z.object({
  name: objectName.optional(),
  kubernetes: kubernetesFields.optional(),
  nacos: nacosFields.optional(),
  ...versionInput.shape,
})
export type UpdateSourceInput = z.infer<typeof updateSourceInput>

/** A connection that is tried before it is saved, or a stored one with changes. */
export const checkSourceInput = z.object({
  /** Secrets that are left out are taken from it. */
  sourceId: z.string().max(64).nullable().default(null),
  source: createSourceInput,
})
export type CheckSourceInput = z.infer<typeof checkSourceInput>

export const sourceCheck = z.object({
  ok: z.boolean(),
  /** What went wrong and what to do; null when it works. */
  message: z.string().nullable(),
  /** `v1.31.0`, Nacos's version; null where it does not say. */
  version: z.string().nullable(),
  namespaces: z.array(z.string()),
})
export type SourceCheck = z.infer<typeof sourceCheck>

export const source = objectFields.extend({
  name: z.string(),
  gateway: z.object({ id: z.string(), name: z.string() }),
  type: sourceType,
  /** Where it is: the API server, the first Nacos server. */
  endpoint: z.string(),
  /** Without secrets. */
  kubernetes: z
    .object({
      connection: z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('kubeconfig'),
          context: z.string().nullable(),
          user: z.string().nullable(),
        }),
        z.object({ kind: z.literal('server'), url: z.string(), ca: z.string().nullable() }),
        z.object({ kind: z.literal('in-cluster') }),
      ]),
      hiddenNamespaces: z.array(z.string()),
    })
    .nullable(),
  nacos: z
    .object({
      servers: z.array(z.string()),
      namespace: z.string(),
      groups: z.array(z.string()),
      username: z.string().nullable(),
      hasPassword: z.boolean(),
    })
    .nullable(),
  /** Services made from it. */
  services: z.array(z.object({ id: z.string(), name: z.string() })),
  /** What nodes say of the services that follow it; `idle`: none does. */
  sync: z.object({
    state: z.enum(['idle', 'pending', 'current', 'stale', 'failed']),
    reason: z.string().nullable(),
    syncedAt: z.iso.datetime().nullable(),
  }),
})
export type Source = z.infer<typeof source>

/** `GET …/sources`: a page of sources and how many the gateway may still have. */
export const sourceQuota = z.object({
  gatewayId: z.string(),
  kubernetes: z.object({ used: z.int(), max: z.int() }),
  nacos: z.object({ used: z.int(), max: z.int() }),
})

/** What a source offers, for forms: `GET …/sources/{id}/catalogue?namespace=&hidden=`. */
export const sourceCatalogue = z.object({
  /** Nacos answers its own namespace alone. */
  namespaces: z.array(z.object({ name: z.string(), label: z.string(), hidden: z.boolean() })),
  services: z.array(
    z.object({
      name: z.string(),
      /** Of Nacos; null for Kubernetes. */
      group: z.string().nullable(),
      hidden: z.boolean(),
      ports: z.array(z.object({ name: z.string().nullable(), port: z.int() })),
      /** Ready endpoints; null where asking for each would cost too much. */
      endpoints: z.int().nullable(),
    }),
  ),
})
export type SourceCatalogue = z.infer<typeof sourceCatalogue>
