import * as z from 'zod'
import { noLimits, quotas, rateLimits } from './model-limits.ts'
import { moderation, noModeration } from './moderation.ts'

/** Admits only the consumers that it is granted to; without one, every call is refused. */
const authorization = z.strictObject({ enabled: z.boolean() })
const noAuthorization = { enabled: false }

/** What a Model API does besides routing; each is off unless it says otherwise. */
export const modelPlugins = z.strictObject({
  authorization: authorization.default(noAuthorization),
  moderation: moderation.default(noModeration),
  rateLimits: rateLimits.default(noLimits),
  quotas: quotas.default(noLimits),
})
export type ModelPlugins = z.infer<typeof modelPlugins>

export const noPlugins: ModelPlugins = {
  authorization: noAuthorization,
  moderation: noModeration,
  rateLimits: noLimits,
  quotas: noLimits,
}

/** A plugin that is left out stays as it is. */
export const modelPluginsChange = z.strictObject({
  authorization: authorization.optional(),
  moderation: moderation.optional(),
  rateLimits: rateLimits.optional(),
  quotas: quotas.optional(),
})

/** As stored. Before there were any it was a list, an empty one. */
export const storedPlugins = z.preprocess((stored) => (Array.isArray(stored) ? {} : stored), modelPlugins)
