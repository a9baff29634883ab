'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/ui/use-format.ts'
import type { LimitRuleValues } from '@/lib/client/limits-form.ts'

/** A rule in words: "100 requests a minute for each consumer, only team-*". */
export function useLimitText(): (rule: LimitRuleValues) => string {
  const t = useTranslations('plugins.limits')
  const format = useFormat()
  return ({ by, header, match, amount, unit, time }) => {
    const limit = t('text', {
      amount: format.number(amount),
      unit: t(`unitNames.${unit}`),
      time: t(`times.${time}`),
      by: by === 'header' ? `${t('forEach.header')} ${header}` : t(`forEach.${by}`),
    })
    return match.trim() === '' || by === 'api' ? limit : `${limit} (${match})`
  }
}
