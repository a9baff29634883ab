'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { localIntents, type ModelRouting, type ModelTarget } from '@/lib/domain/model-routing.ts'

/** One way that a request may go. */
export interface RoutingRow {
  /** What makes a request go there: a share, a pattern, an intent. */
  readonly when: ReactNode
  readonly target: ModelTarget
}

/** A routing as rows: what makes a request go where. */
export function useRoutingRows(): (routing: ModelRouting) => RoutingRow[] {
  const t = useTranslations('model-apis.when')
  const intents = useTranslations('model-apis.intents')
  return (routing) => {
    switch (routing.mode) {
      case 'single':
        return [{ when: t('always'), target: routing.target }]
      case 'model-name':
        return [
          ...routing.rules.map(({ pattern, target }) => ({
            when: <span className="font-mono">{pattern}</span>,
            target,
          })),
          ...(routing.default === null ? [] : [{ when: t('otherModels'), target: routing.default }]),
        ]
      case 'weight':
        return routing.targets.map((target) => ({ when: `${target.weight} %`, target }))
      case 'metrics':
        return routing.targets.map((target) => ({ when: t('measured'), target }))
      case 'intent':
        return [
          ...localIntents.flatMap((intent) => {
            const target = routing.intents[intent]
            return target === undefined ? [] : [{ when: intents(intent), target }]
          }),
          { when: t('otherIntents'), target: routing.default },
        ]
    }
  }
}
