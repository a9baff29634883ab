'use client'

import { useTranslations } from 'use-intl'
import type { Certificate } from '@/lib/domain/certificate.ts'

/** Why a certificate cannot be changed, or replaced, by the reader; undefined when it can. */
export function useCertificateRefusals({ editable, source, installation }: Certificate) {
  const t = useTranslations('certificates')
  const change = editable ? undefined : installation ? t('ofInstallation') : t('notEditable')
  return { change, replace: change ?? (source === 'acme' ? t('renewsItself') : undefined) }
}
