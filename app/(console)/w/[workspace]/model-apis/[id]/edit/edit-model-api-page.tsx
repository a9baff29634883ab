'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { VersionedForm } from '../../../versioned-form.tsx'
import { UpdateModelApiForm } from '../../form/update-model-api-form.tsx'
import { modelApiHref } from '../../model-api-href.ts'

export function EditModelApiPage() {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const { id } = useParams<{ id: string }>()
  const { data, error, refetch } = useQuery(modelApiQueries.detail(workspace, decodeURIComponent(id)))
  useCrumbs(data ? [{ label: data.name, href: modelApiHref(workspace, data.id) }, { label: t('edit') }] : [])
  return (
    <PageBody layout="form">
      {data ? (
        <VersionedForm key={data.id} latest={data}>
          {({ base, latest, onRebase }) => (
            <UpdateModelApiForm
              base={base}
              latest={latest}
              onRebase={onRebase}
              onStale={() => void refetch()}
            />
          )}
        </VersionedForm>
      ) : error ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Delayed loading skeleton={<FieldsSkeleton fields={6} />}>
          {null}
        </Delayed>
      )}
    </PageBody>
  )
}
