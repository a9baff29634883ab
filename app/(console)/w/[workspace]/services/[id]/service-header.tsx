'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { EditDeleteActions } from '../../edit-delete-actions.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { DeleteServiceDialog } from '../delete-service-dialog.tsx'
import { ServiceHealthLine } from '../service-health.tsx'
import { serviceHref, servicesHref } from '../service-href.ts'
import { useServicesRefusal } from '../use-services-refusal.ts'

export function ServiceHeader({ service }: { readonly service: UpstreamService }) {
  const t = useTranslations('services')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const refusal = useServicesRefusal('services')
  const [deleting, setDeleting] = useState(false)
  const editHref = serviceHref(workspace, service.id, 'edit')
  useShellActions(
    refusal === undefined
      ? [
          { id: 'service-edit', group: 'page', label: t('edit'), href: editHref, shortcut: 'e' },
          { id: 'service-delete', group: 'page', label: t('deleteLong'), run: () => setDeleting(true) },
        ]
      : [],
  )
  return (
    <>
      <PageHeader
        title={service.name}
        translated={false}
        status={<ServiceHealthLine service={service} />}
        actions={
          <EditDeleteActions
            labels={{ edit: t('edit'), delete: t('delete') }}
            editHref={editHref}
            refusal={refusal}
            onDelete={() => setDeleting(true)}
          />
        }
      />
      {deleting ? (
        <DeleteServiceDialog
          service={service}
          onDeleted={() => router.push(servicesHref(workspace))}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </>
  )
}
