'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/ui/use-format.ts'
import { localIntents } from '@/lib/domain/model-routing.ts'
import type { RouteReason } from '@/lib/domain/route-reason.ts'

/** Why a request went where it went, in a few words; null where there was nothing to decide. */
export function useReasonText(): (reason: RouteReason | null) => string | null {
  const t = useTranslations('debug.reason')
  const names = useTranslations('model-apis')
  const format = useFormat()
  return (reason) => {
    switch (reason?.mode) {
      case undefined:
      case 'single':
        return null
      case 'affinity':
        return t('affinity')
      case 'model-name':
        return reason.rule === null
          ? t('otherModels')
          : t('rule', { number: reason.rule + 1, pattern: reason.pattern ?? '' })
      case 'weight':
        return t('weight', { weight: reason.weight })
      case 'metrics':
        return names(`objectives.${reason.objective}`)
      case 'intent': {
        if (reason.intent === null) return t('unclear')
        const local = localIntents.find((known) => known === reason.intent)
        const intent = local === undefined ? reason.intent : names(`intents.${local}`)
        const share = reason.confidence === null ? '' : ` ${format.percent(reason.confidence, 0)}`
        return reason.isDefault ? t('intentOfDefault', { intent, share }) : t('intent', { intent, share })
      }
    }
  }
}
