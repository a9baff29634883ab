'use client'

import { RefreshCw, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import type { Certificate } from '@/lib/domain/certificate.ts'
import { useCertificateRefusals } from '../certificate-upload/use-certificate-refusals.ts'

interface CertificateMenuProps {
  readonly certificate: Certificate
  readonly onReplace: () => void
  readonly onDelete: () => void
}

export function CertificateMenu({ certificate, onReplace, onDelete }: CertificateMenuProps) {
  const t = useTranslations('certificates')
  const refusals = useCertificateRefusals(certificate)
  return (
    <MoreMenu label={t('actionsOf', { name: certificate.name })}>
      <MenuItem icon={RefreshCw} onSelect={onReplace} disabledReason={refusals.replace}>
        {t('replaceAction')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} danger onSelect={onDelete} disabledReason={refusals.change}>
        {t('delete')}
      </MenuItem>
    </MoreMenu>
  )
}
