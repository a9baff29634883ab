'use client'

import { useTranslations } from 'use-intl'
import { useSentences } from '@/components/form/issue-text.ts'

const refused = /^Answered (401|403)$/
/** Of a group of instances; a provider is asked at one address, which nothing could take its place. */
const amongOthers = /; serves all the same, because too few others are fit$/

/** Why a key or a service is not well, in the reader's words. */
export function useReasonText(): (reason: string) => string {
  const t = useTranslations('services.health')
  const sentence = useSentences()
  return (reason) => {
    const status = refused.exec(reason)?.[1]
    return status === undefined ? sentence(reason.replace(amongOthers, '')) : t('keyRefused', { status })
  }
}
