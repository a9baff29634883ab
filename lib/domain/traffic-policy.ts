import * as z from 'zod'

/** What a service grants its callers and its instances under load and failure. */

/** Requests per second; above it callers get 429. */
export const requestsPerSecond = z
  .int()
  .min(1, 'At least 1 a second.')
  .max(1_000_000, 'At most 1,000,000 a second.')

export const concurrencyInput = z.object({
  /** Requests that one instance gets at a time. */
  perInstance: z.int().min(1).max(100_000),
  /** Requests that wait for their turn; further ones get 450. */
  queueSize: z.int().min(0).max(10_000).default(64),
  /** A request that waited this long gets 503. */
  queueTimeoutMs: z.int().min(1, 'At least 1 ms.').max(600_000, 'At most 10 min.').default(10_000),
})

export const retriesInput = z.object({
  /** Further tries on other instances; 0 switches retries off. */
  attempts: z.int().min(0).max(5).default(2),
  /** True: requests may be repeated although an instance may have acted on them. */
  idempotent: z.boolean().default(false),
})

export const passiveHealthInput = z
  .object({
    failures: z.int().min(1).max(100).default(5),
    window: z.int().min(1).max(100).default(10),
    windowMs: z.int().min(1000, 'At least 1 s.').max(3_600_000, 'At most 1 h.').default(30_000),
    ejectMs: z.int().min(1000, 'At least 1 s.').max(3_600_000, 'At most 1 h.').default(10_000),
    ejectMsMax: z.int().min(1000, 'At least 1 s.').max(86_400_000, 'At most 24 h.').default(300_000),
    on: z
      .object({
        connect: z.boolean().default(true),
        timeout: z.boolean().default(true),
        serverError: z.boolean().default(true),
      })
      .prefault({}),
    pauseOnRetryAfter: z.boolean().default(true),
  })
  .refine(({ failures, window }) => failures <= window, {
    path: ['failures'],
    message: 'At most as many as the answers that are looked at.',
  })
  .refine(({ ejectMs, ejectMsMax }) => ejectMs <= ejectMsMax, {
    path: ['ejectMsMax'],
    message: 'Not shorter than the first ejection.',
  })
