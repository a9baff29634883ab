'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import type { Certificate } from '@/lib/domain/certificate.ts'
import { CertificateFacts } from '../certificate-upload/certificate-facts.tsx'
import { useCertificateRefusals } from '../certificate-upload/use-certificate-refusals.ts'
import { DrawerMissing } from '../drawer-missing.tsx'
import { DrawerPart } from '../drawer-part.tsx'
import { UsersList } from '../object-users.tsx'
import type { useObjectDrawer } from '../use-object-drawer.ts'

interface CertificateDrawerProps {
  readonly drawer: ReturnType<typeof useObjectDrawer>
  readonly certificates: readonly Certificate[] | undefined
  readonly onReplace: (certificate: Certificate) => void
  readonly onDelete: (certificate: Certificate) => void
}

export function CertificateDrawer({ drawer, certificates, onReplace, onDelete }: CertificateDrawerProps) {
  const t = useTranslations('certificates')
  const { openId, close } = drawer
  const certificate = certificates?.find(({ id }) => id === openId)
  return (
    <Drawer
      open={openId !== null && certificates !== undefined}
      onOpenChange={(open) => {
        if (!open) close()
      }}
      width={720}
      title={certificate?.name ?? t('missing')}
      description={certificate === undefined ? undefined : t(`sources.${certificate.source}`)}
      footer={
        certificate ? (
          <Actions
            certificate={certificate}
            onReplace={() => onReplace(certificate)}
            onDelete={() => onDelete(certificate)}
          />
        ) : undefined
      }
    >
      {certificate ? (
        <>
          <CertificateFacts facts={certificate} />
          <DrawerPart title={t('columns.usedBy')}>
            {certificate.usedBy.length === 0 ? (
              <p className="text-control text-ink-3">{t('unused')}</p>
            ) : (
              <UsersList users={certificate.usedBy} />
            )}
          </DrawerPart>
        </>
      ) : (
        <DrawerMissing onClose={close} />
      )}
    </Drawer>
  )
}

interface ActionsProps {
  readonly certificate: Certificate
  readonly onReplace: () => void
  readonly onDelete: () => void
}

function Actions({ certificate, onReplace, onDelete }: ActionsProps) {
  const t = useTranslations('certificates')
  const refusals = useCertificateRefusals(certificate)
  return (
    <>
      <Button disabledReason={refusals.replace} onClick={onReplace}>
        {t('replaceAction')}
      </Button>
      <Button variant="quiet" className="text-bad-text!" disabledReason={refusals.change} onClick={onDelete}>
        {t('delete')}
      </Button>
    </>
  )
}
