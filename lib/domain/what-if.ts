import * as z from 'zod'
import { updateModelApiInput } from './model-api.ts'
import { modelRouting } from './model-routing.ts'

/** How many of an API's last requests are looked at. */
export const whatIfRequestsMax = 1_000

const { fallback } = updateModelApiInput.shape

/** A routing that might be saved: where would the last requests have gone? */
export const whatIfInput = z.object({ routing: modelRouting, fallback })
export type WhatIfInput = z.infer<typeof whatIfInput>
export type WhatIfForm = z.input<typeof whatIfInput>

const place = z.object({
  service: z.object({ id: z.string(), name: z.string() }),
  /** What it is asked for; null: no model is named. */
  model: z.string().nullable(),
})
export type WhatIfPlace = z.infer<typeof place>

/**
 * One way in which requests would move. Where shares or metrics decide, a request counts in parts, so that `requests`
 * need not be whole.
 */
const move = z.object({
  /** Null: it was refused, because no rule took its model. */
  from: place.nullable(),
  /** Null: it would be refused. */
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
      /** Null: nobody looked; else what was seen, or null where the classifier was not sure. */
      intent: z.object({ label: z.string().nullable() }).nullable(),
    }),
  ),
})
export type WhatIfMove = z.infer<typeof move>

export const whatIfResult = z.object({
  /** How many were looked at. */
  requests: z.int(),
  /** When the oldest of them began; null where there are none. */
  since: z.iso.datetime().nullable(),
  /** Of these, how many would go elsewhere, and would be refused that were not; expected where shares decide. */
  moved: z.number(),
  refused: z.number(),
  /** The draft routes by intent, and nobody looked at what these ask for: they are left out of the moves. */
  unknown: z.int(),
  /** The largest first. */
  moves: z.array(move),
  /** Where all that are known would go, the largest first. */
  after: z.array(z.object({ place: place.nullable(), requests: z.number() })),
  /** By metrics, what each node sees decides: equal parts are expected. */
  isEstimate: z.boolean(),
})
export type WhatIfResult = z.infer<typeof whatIfResult>
