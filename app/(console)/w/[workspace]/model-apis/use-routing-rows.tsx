'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { localIntents, type ModelRouting, type ModelTarget } from '@/lib/domain/model-routing.ts'

type IntentRouting = Extract<ModelRouting, { mode: 'intent' }>

/** Their names, in the order of the form. */
function intentsOf({ classifier, labels }: IntentRouting): readonly string[] {
  return classifier.type === 'model' ? labels.map(({ name }) => name) : localIntents
}

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
  const titleOf = ({ labels }: IntentRouting, name: string) => {
    const local = localIntents.find((intent) => intent === name)
    return labels.find((label) => label.name === name)?.title ?? (local ? intents(local) : name)
  }
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
          ...intentsOf(routing).flatMap((intent) => {
            const target = Object.hasOwn(routing.intents, intent) ? routing.intents[intent] : undefined
            return target === undefined ? [] : [{ when: titleOf(routing, intent), target }]
          }),
          { when: t('otherIntents'), target: routing.default },
        ]
    }
  }
}
