import type { ModelPlugins } from '@/lib/domain/model-plugins.ts'

/** Where each plugin stands on its page, in their order. */
export const pluginAnchors = {
  authorization: 'authorization',
  moderation: 'moderation',
  rateLimits: 'rate-limits',
  quotas: 'quotas',
} as const satisfies Record<keyof ModelPlugins, string>

export const pluginNames = Object.keys(pluginAnchors) as readonly (keyof ModelPlugins)[]
