import * as z from 'zod'
import { line } from './object.ts'
import { createServiceInput } from './upstream-service.ts'

/** What is tried: a stored service (`/services/{id}/test`), or a draft (`/services/test`) whose left-out secrets are those of `serviceId`. */
export const testServiceInput = z.object({
  /** Null where the service has no models. */
  model: line(256).nullable().default(null),
  prompt: line(2000).default('Say hello.'),
  stream: z.boolean().default(false),
  /** Of addresses: what is asked for by GET; null: a chat. */
  path: z
    .string()
    .regex(/^\/[^\s#]*$/, 'Start with /.')
    .max(2048)
    .nullable()
    .default(null),
  /** Only this key; null: as traffic would. */
  keyId: z.string().max(64).nullable().default(null),
})
export type TestServiceInput = z.infer<typeof testServiceInput>

export const testDraftInput = z.object({
  serviceId: z.string().max(64).nullable().default(null),
  service: createServiceInput,
  test: testServiceInput,
})
export type TestDraftInput = z.infer<typeof testDraftInput>

export const serviceTestResult = z.object({
  ok: z.boolean(),
  /** The provider's or the gateway's; null when nothing answered. */
  status: z.int().nullable(),
  durationMs: z.number(),
  firstTokenMs: z.number().nullable(),
  requestId: z.string(),
  /** Who made the error. */
  errorSource: z.enum(['client', 'gateway', 'upstream']).nullable(),
  /** What is wrong and what to do, one sentence a line; null when it works. */
  message: z.string().nullable(),
  modelAsked: z.string().nullable(),
  modelAnswered: z.string().nullable(),
  /** The beginning of what came back. */
  text: z.string(),
  usage: z.object({ input: z.int().nullable(), output: z.int().nullable() }).nullable(),
  /** Where the request went, without credentials. */
  url: z.string().nullable(),
})
export type ServiceTestResult = z.infer<typeof serviceTestResult>

/** Draft or stored, as for tests. */
export const listModelsInput = z.object({
  serviceId: z.string().max(64).nullable().default(null),
  service: createServiceInput,
})
export const listModelsResult = z.object({ models: z.array(z.string()), message: z.string().nullable() })
