'use client'

import { useQuery } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { certificateQueries, useDeleteCertificate } from '@/lib/client/certificates-queries.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import { CertificateUploadDialog } from '../certificate-upload/certificate-upload-dialog.tsx'
import { ReplaceCertificateDialog } from '../certificate-upload/replace-certificate-dialog.tsx'
import { DeleteUsedDialog } from '../delete-used-dialog.tsx'
import { useObjectDrawer } from '../use-object-drawer.ts'
import { useWorkspace } from '../use-workspace.ts'
import { CertificateDrawer } from './certificate-drawer.tsx'
import { CertificateMenu } from './certificate-menu.tsx'
import { useCertificateColumns } from './use-certificate-columns.tsx'

/** What is being done with which certificate. */
type Act = { readonly kind: 'replace' | 'delete'; readonly certificate: Certificate }

export function CertificatesPage() {
  const t = useTranslations('certificates')
  const { workspace } = useWorkspace()
  const { data, error, refetch } = useQuery(certificateQueries.list(workspace))
  const drawer = useObjectDrawer()
  const columns = useCertificateColumns(workspace)
  const [act, setAct] = useState<Act | null>(null)
  const refusal = useUploadRefusal()
  useShellActions(
    refusal === undefined
      ? [{ id: 'upload', group: 'create', label: t('uploadAction'), run: drawer.create, shortcut: 'c' }]
      : [],
  )
  const button = (
    <Button variant="primary" icon={Upload} shortcut="c" disabledReason={refusal} onClick={drawer.create}>
      {t('uploadAction')}
    </Button>
  )
  const begin = (kind: Act['kind']) => (certificate: Certificate) => {
    drawer.close()
    setAct({ kind, certificate })
  }
  const none = data?.length === 0
  return (
    <PageBody layout="list">
      <PageHeader title={t('title')} actions={none ? null : button} />
      {none ? (
        <EmptyState title={t('none')} text={t('noneHelp')} actions={button} />
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={data}
          rowId={({ id }) => id}
          rowName={({ name }) => name}
          rowHref={({ id }) => `/w/${workspace}/certificates?open=${id}`}
          rowActions={(certificate) => (
            <CertificateMenu
              certificate={certificate}
              onReplace={() => begin('replace')(certificate)}
              onDelete={() => begin('delete')(certificate)}
            />
          )}
          skeletonRows={3}
          error={data ? undefined : (error ?? undefined)}
          errorTitle={t('loadFailed')}
          onRetry={() => void refetch()}
        />
      )}
      <CertificateDrawer
        drawer={drawer}
        certificates={data}
        onReplace={begin('replace')}
        onDelete={begin('delete')}
      />
      {drawer.creating && refusal === undefined ? (
        <CertificateUploadDialog onUploaded={drawer.close} onClose={drawer.close} />
      ) : null}
      {act?.kind === 'replace' ? (
        <ReplaceCertificateDialog certificate={act.certificate} onClose={() => setAct(null)} />
      ) : null}
      {act?.kind === 'delete' ? (
        <DeleteCertificate certificate={act.certificate} onClose={() => setAct(null)} />
      ) : null}
    </PageBody>
  )
}

function useUploadRefusal(): string | undefined {
  const t = useTranslations('certificates')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  return access.may('certificates.write') ? undefined : t('notAllowed', { role: role(access.role) })
}

interface DeleteCertificateProps {
  readonly certificate: Certificate
  readonly onClose: () => void
}

function DeleteCertificate({ certificate, onClose }: DeleteCertificateProps) {
  const t = useTranslations('certificates')
  const { workspace } = useWorkspace()
  const remove = useDeleteCertificate(workspace)
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={certificate.name}
      users={certificate.usedBy}
      consequences={t('deleteConsequences')}
      onDelete={() => remove.mutateAsync(certificate)}
      onDeleted={onClose}
      onClose={onClose}
    />
  )
}
