'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { providerQueries } from '@/lib/client/providers-queries.ts'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { VersionedForm } from '../../../versioned-form.tsx'
import { UpdateServiceForm } from '../../form/update-service-form.tsx'
import { serviceHref } from '../../service-href.ts'

export function EditServicePage() {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const { id } = useParams<{ id: string }>()
  const query = useQuery(upstreamServiceQueries.detail(workspace, decodeURIComponent(id)))
  const manifests = useQuery(providerQueries.list())
  const service = query.data
  useCrumbs(
    service ? [{ label: service.name, href: serviceHref(workspace, service.id) }, { label: t('edit') }] : [],
  )
  const error = query.error ?? manifests.error
  const retry = () => {
    void query.refetch()
    void manifests.refetch()
  }
  return (
    <PageBody layout="form">
      {service && manifests.data ? (
        <VersionedForm key={service.id} latest={service}>
          {({ base, latest, onRebase }) => (
            <UpdateServiceForm
              base={base}
              latest={latest}
              manifests={manifests.data}
              onRebase={onRebase}
              onStale={() => void query.refetch()}
            />
          )}
        </VersionedForm>
      ) : error ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={retry} />
      ) : (
        <Delayed loading skeleton={<FieldsSkeleton fields={6} />}>
          {null}
        </Delayed>
      )}
    </PageBody>
  )
}
