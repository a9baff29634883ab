import * as z from 'zod'
import { moderation, noModeration } from './moderation.ts'

/** What a Model API does besides routing; each is off unless it says otherwise. */
export const modelPlugins = z.strictObject({ moderation: moderation.default(noModeration) })
export type ModelPlugins = z.infer<typeof modelPlugins>

export const noPlugins: ModelPlugins = { moderation: noModeration }

/** A plugin that is left out stays as it is. */
export const modelPluginsChange = z.strictObject({ moderation: moderation.optional() })

/** As stored. Before there were any it was a list, an empty one. */
export const storedPlugins = z.preprocess((stored) => (Array.isArray(stored) ? {} : stored), modelPlugins)
