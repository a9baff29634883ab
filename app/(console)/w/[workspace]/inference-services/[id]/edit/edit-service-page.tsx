'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageBody } from '@/components/page/page-body.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { FormLoading } from '../../form/form-loading.tsx'
import { UpdateServiceForm } from '../../form/update-service-form.tsx'
import { serviceHref } from '../../service-href.ts'
import { useWorkspaceName } from '../../use-workspace-name.ts'

export function EditServicePage() {
  const t = useTranslations('inference-services')
  const workspace = useWorkspaceName()
  const { id } = useParams<{ id: string }>()
  const query = useQuery(inferenceServiceQueries.detail(workspace, decodeURIComponent(id)))
  const service = query.data
  useCrumbs(
    service
      ? [{ label: service.name, href: serviceHref(workspace, service.id) }, { label: t('actions.update') }]
      : [],
  )
  return (
    <PageBody layout="form">
      {service ? (
        <Editor key={service.id} workspace={workspace} service={service} />
      ) : (
        <FormLoading error={query.error} onRetry={() => void query.refetch()} />
      )}
    </PageBody>
  )
}

type EditorProps = { readonly workspace: string; readonly service: InferenceService }

/** Edits the service as it was when the page opened: a refetch must not change what is being typed. */
function Editor({ workspace, service }: EditorProps) {
  const [base, setBase] = useState(service)
  return <UpdateServiceForm workspace={workspace} base={base} onBaseChange={setBase} />
}
