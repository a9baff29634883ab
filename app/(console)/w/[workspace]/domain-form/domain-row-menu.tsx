'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DeleteDialog } from '@/components/feedback/delete-dialog.tsx'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { certificateQueries } from '@/lib/client/certificates-queries.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { useCheckDns, useDeleteDomain } from '@/lib/client/domains-queries.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { ReplaceCertificateDialog } from '../certificate-upload/replace-certificate-dialog.tsx'
import { useWorkspace } from '../use-workspace.ts'
import { ReplaceCertificateItem } from './replace-certificate-item.tsx'

interface DomainRowMenuProps {
  readonly domain: Domain
  readonly onShow: (id: string) => void
}

export function DomainRowMenu({ domain, onShow }: DomainRowMenuProps) {
  const t = useTranslations('domain-form')
  const { workspace } = useWorkspace()
  const check = useCheckDns(workspace)
  const remove = useDeleteDomain(workspace)
  const [deleting, setDeleting] = useState(false)
  const [replacing, setReplacing] = useState(false)
  const certificates = useQuery(certificateQueries.list(workspace)).data
  const certificate = certificates?.find(({ id }) => id === domain.certificate?.id)
  const checkDns = async () => {
    try {
      const { dns } = await check.mutateAsync(domain)
      toast(t(`dns.${dns.state}`), dns.state === 'resolves' ? {} : { tone: 'bad' })
    } catch (error) {
      toastFailure(
        t('checkFailed'),
        error instanceof ConsoleApiError ? { requestId: error.requestId ?? undefined } : {},
      )
    }
  }
  const notAllowed = domain.editable ? undefined : t('notYours')
  return (
    <>
      <MoreMenu label={t('actionsFor', { name: domain.unicodeName })}>
        <MenuItem onSelect={() => void checkDns()}>{t('checkDns')}</MenuItem>
        <MenuItem onSelect={() => onShow(domain.id)}>{t('showDetails')}</MenuItem>
        {certificate ? (
          <ReplaceCertificateItem certificate={certificate} onReplace={() => setReplacing(true)} />
        ) : null}
        <MenuSeparator />
        <MenuItem danger disabledReason={notAllowed} onSelect={() => setDeleting(true)}>
          {t('delete')}
        </MenuItem>
      </MoreMenu>
      {replacing && certificate ? (
        <ReplaceCertificateDialog certificate={certificate} onClose={() => setReplacing(false)} />
      ) : null}
      <DeleteDialog
        open={deleting}
        onOpenChange={setDeleting}
        kind={t('kind')}
        name={domain.name}
        consequences={t('deleteConsequences', { services: domain.services })}
        onDelete={async () => {
          await remove.mutateAsync(domain)
          toast(t('deleted'))
        }}
      />
    </>
  )
}
