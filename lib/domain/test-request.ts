import * as z from 'zod'
import { path } from './inference-service.ts'

/** `POST /inference-services/{id}/test-request`: sent by the console through the gateway's own listener, with the service's token. */
export const testRequestInput = z.object({
  side: z.enum(['internet', 'vpc']).default('internet'),
  method: z.enum(['GET', 'POST']).default('POST'),
  /** Null: the service's API path. */
  path: path.nullable().default(null),
  /** JSON text; null: the sample body of the API type. */
  body: z.string().max(262_144).nullable().default(null),
})
export type TestRequestInput = z.infer<typeof testRequestInput>

export const testRequestResult = z.object({
  url: z.string(),
  /** Null: no answer came. */
  status: z.int().nullable(),
  durationMs: z.number(),
  contentType: z.string().nullable(),
  requestId: z.string().nullable(),
  /** client, gateway or upstream, when the gateway made the error. */
  errorSource: z.string().nullable(),
  /** At most the first 2 KiB. */
  body: z.string(),
  truncated: z.boolean(),
  /** Why no answer came: `Connection refused at 127.0.0.1:8080`. */
  failure: z.string().nullable(),
})
export type TestRequestResult = z.infer<typeof testRequestResult>
