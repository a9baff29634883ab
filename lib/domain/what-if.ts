import * as z from 'zod'
import { modelRouting } from './model-routing.ts'

/** How many of an API's last requests are looked at. */
export const whatIfRequestsMax = 1_000

/** A routing that might be saved: where would the last requests have gone? */
export const whatIfInput = z.object({ routing: modelRouting })
export type WhatIfInput = z.infer<typeof whatIfInput>
export type WhatIfForm = z.input<typeof whatIfInput>

const place = z.object({
  service: z.object({ id: z.string(), name: z.string() }),
  /** What it is asked for; null: no model is named. */
  model: z.string().nullable(),
})
export type WhatIfPlace = z.infer<typeof place>

/** One way in which requests would move. Where shares decide, what is expected of them, which need not be whole. */
const move = z.object({
  /** Where they go now, before any fallback; by metrics, where they went. Null: no rule takes their model. */
  from: place.nullable(),
  /** Null: no rule would take their model. */
  to: place.nullable(),
  requests: z.number(),
  /** The newest of them. */
  examples: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      requestId: z.string(),
      model: z.string().nullable(),
      promptCharacters: z.int().nullable(),
      /** Null: nobody looked. `label` is null where the classifier was not sure. */
      intent: z.object({ label: z.string().nullable() }).nullable(),
    }),
  ),
})
export type WhatIfMove = z.infer<typeof move>

export const whatIfResult = z.object({
  /** How many were looked at: those that routing was asked about. */
  requests: z.int(),
  /** When the oldest of them began; null where there are none. */
  since: z.iso.datetime().nullable(),
  /** How many would go elsewhere. */
  moved: z.number(),
  /** Of these, how many no rule would take any more. */
  refused: z.number(),
  /** The draft routes by intent, and nobody looked at what these ask for: they are left out of what follows. */
  unknown: z.int(),
  /** The largest first. */
  moves: z.array(move),
  /** Where all that are known would go, the largest first. */
  after: z.array(z.object({ place: place.nullable(), requests: z.number() })),
  /** By metrics, what each node sees decides: equal shares are taken for it. */
  isEstimate: z.boolean(),
})
export type WhatIfResult = z.infer<typeof whatIfResult>
