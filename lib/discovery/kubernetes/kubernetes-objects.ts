import * as z from 'zod'

/** What is read of the API's objects. Unknown fields are left alone: the API grows. */

const metadata = z.object({
  name: z.string().default(''),
  namespace: z.string().default(''),
  resourceVersion: z.string().default(''),
  labels: z
    .record(z.string(), z.string())
    .nullish()
    .transform((labels) => labels ?? {}),
})

/** `discovery.k8s.io/v1`. */
export const endpointSlice = z.object({
  metadata,
  addressType: z.string(),
  endpoints: z
    .array(
      z.object({
        /** All are the same pod's, and the first is enough. */
        addresses: z.array(z.string().max(253)).transform((addresses) => addresses.slice(0, 1)),
        /** Left out or null: ready. */
        conditions: z
          .object({
            ready: z.boolean().nullish(),
            serving: z.boolean().nullish(),
            terminating: z.boolean().nullish(),
          })
          .nullish(),
        targetRef: z.object({ uid: z.string().max(128).nullish() }).nullish(),
      }),
    )
    // What an API server itself accepts at most.
    .max(1_000)
    .nullish(),
  ports: z
    .array(z.object({ name: z.string().nullish(), port: z.int().nullish(), protocol: z.string().nullish() }))
    .nullish(),
})
export type EndpointSlice = z.infer<typeof endpointSlice>

export const service = z.object({
  metadata,
  spec: z
    .object({
      type: z.string().nullish(),
      ports: z
        .array(z.object({ name: z.string().nullish(), port: z.int(), protocol: z.string().nullish() }))
        .nullish(),
    })
    .default({}),
})
export type KubernetesService = z.infer<typeof service>

export const namespace = z.object({ metadata })

/** `continue`: the rest of the list is asked for with it. */
export function listOf<Item>(item: z.ZodType<Item>) {
  return z.object({
    metadata: z.object({ resourceVersion: z.string().default(''), continue: z.string().default('') }),
    items: z.array(item).nullish(),
  })
}

export const watchEvent = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.record(z.string(), z.unknown()),
})

export const bookmark = z.object({ metadata })

/** What an `ERROR` event holds. */
export const status = z.object({ code: z.int().default(0), message: z.string().default('') })

export const version = z.object({ gitVersion: z.string() })
