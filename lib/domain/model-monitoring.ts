import * as z from 'zod'

/** What is kept of the requests to a Model API. */
export const modelMonitoring = z.strictObject({
  /** A record for each request. */
  enabled: z.boolean().default(true),
  /** What callers sent goes with the record. */
  recordRequest: z.boolean().default(false),
  /** What they were answered goes with the record. */
  recordResponse: z.boolean().default(false),
})
export type ModelMonitoring = z.infer<typeof modelMonitoring>

export const defaultMonitoring: ModelMonitoring = {
  enabled: true,
  recordRequest: false,
  recordResponse: false,
}
