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
  /**
   * A code the console translates: `not-bound` (to this kind of gateway), `gateway-off` (the side is off), `no-node`,
   * `not-enabled` (the service does not use this way), `no-security-group`, `no-ready-instance`.
   */
  unavailableReason: z.string().nullable(),
  /** `http://localhost:8080/api/predict/qwen_7b` */
  endpoint: z.string().nullable(),
  /** `http://qwen-7b.localhost:8080` */
  hostEndpoint: z.string().nullable(),
  /** The custom domain that the addresses are printed with; null: the gateway's own name. */
  domain: z.string().nullable(),
  /** VPCs from which the address is reachable; empty: everywhere. */
  vpcs: z.array(z.object({ id: z.string(), name: z.string() })),
  /** NLB and Nacos may have several: `localhost:8107`, `DEFAULT_GROUP@@qwen_7b at http://10.0.0.9:8848`. */
  addresses: z.array(z.string()),
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
