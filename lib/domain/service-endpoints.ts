import * as z from 'zod'

export const invocationMethods = [
  'shared-gateway',
  'dedicated-gateway',
  'vpc-direct',
  'nlb',
  'nacos',
] as const
export const invocationMethod = z.enum(invocationMethods)
export type InvocationMethod = z.infer<typeof invocationMethod>

/** One side of one way to call a service: its addresses, or why there are none. */
export const invocationSide = z.object({
  side: z.enum(['internet', 'vpc']),
  available: z.boolean(),
  /** A code the console translates: `not-bound`, `not-built`, `gateway-off`, `no-node`. */
  unavailableReason: z.string().nullable(),
  /** `http://localhost:8080/api/predict/qwen_7b` */
  endpoint: z.string().nullable(),
  /** `http://qwen-7b.localhost:8080` */
  hostEndpoint: z.string().nullable(),
})

/** `GET /inference-services/{id}/endpoints`: all five ways, the unavailable ones with their reason. */
export const serviceEndpoints = z.object({
  methods: z.array(z.object({ method: invocationMethod, sides: z.array(invocationSide) })),
  /** What to append to an endpoint: `/v1/chat/completions`. */
  apiPath: z.string(),
  /** Bytes. */
  requestBodyBytesMax: z.int(),
})
export type ServiceEndpoints = z.infer<typeof serviceEndpoints>
