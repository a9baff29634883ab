'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { EditDeleteActions } from '../../edit-delete-actions.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { DeleteModelApiDialog } from '../delete-model-api-dialog.tsx'
import { modelApiHref, modelApisHref } from '../model-api-href.ts'
import { ModelApiStatus } from '../model-api-status.tsx'
import { useModelApisRefusal } from '../use-model-apis-refusal.ts'

interface ModelApiHeaderProps {
  readonly api: ModelApi
  readonly services: readonly UpstreamService[]
}

export function ModelApiHeader({ api, services }: ModelApiHeaderProps) {
  const t = useTranslations('model-apis')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const refusal = useModelApisRefusal()
  const [deleting, setDeleting] = useState(false)
  const editHref = modelApiHref(workspace, api.id, 'edit')
  useShellActions(
    refusal === undefined
      ? [
          { id: 'model-api-edit', group: 'page', label: t('edit'), href: editHref, shortcut: 'e' },
          { id: 'model-api-delete', group: 'page', label: t('deleteLong'), run: () => setDeleting(true) },
        ]
      : [],
  )
  return (
    <>
      <PageHeader
        title={api.name}
        translated={false}
        status={<ModelApiStatus api={api} services={services} />}
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
        <DeleteModelApiDialog
          api={api}
          onDeleted={() => router.push(modelApisHref(workspace))}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </>
  )
}
