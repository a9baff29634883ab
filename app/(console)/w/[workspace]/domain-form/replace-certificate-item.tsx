'use client'

import { useTranslations } from 'use-intl'
import { MenuItem } from '@/components/ui/menu.tsx'
import type { Certificate } from '@/lib/domain/certificate.ts'
import { useCertificateRefusals } from '../certificate-upload/use-certificate-refusals.ts'

interface ReplaceCertificateItemProps {
  readonly certificate: Certificate
  readonly onReplace: () => void
}

export function ReplaceCertificateItem({ certificate, onReplace }: ReplaceCertificateItemProps) {
  const t = useTranslations('domain-form')
  return (
    <MenuItem disabledReason={useCertificateRefusals(certificate).replace} onSelect={onReplace}>
      {t('replaceCertificate')}
    </MenuItem>
  )
}
