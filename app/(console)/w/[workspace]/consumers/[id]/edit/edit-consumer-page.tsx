'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { consumerQueries } from '@/lib/client/consumers-queries.ts'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { VersionedForm } from '../../../versioned-form.tsx'
import { consumerHref } from '../../consumer-href.ts'
import { UpdateConsumerForm } from './update-consumer-form.tsx'

export function EditConsumerPage() {
  const t = useTranslations('consumers')
  const { workspace } = useWorkspace()
  const { id } = useParams<{ id: string }>()
  const consumer = useQuery(consumerQueries.detail(workspace, decodeURIComponent(id)))
  const apis = useQuery(modelApiQueries.list(workspace))
  const { data } = consumer
  const error = consumer.error ?? apis.error
  useCrumbs(data ? [{ label: data.name, href: consumerHref(workspace, data.id) }, { label: t('edit') }] : [])
  const retry = () => void Promise.all([consumer.refetch(), apis.refetch()])
  return (
    <PageBody layout="form">
      {data && apis.data ? (
        <VersionedForm key={data.id} latest={{ ...data, grants: data.modelApis.map(({ name }) => name) }}>
          {(edited) => <UpdateConsumerForm {...edited} apis={apis.data} />}
        </VersionedForm>
      ) : error ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={retry} />
      ) : (
        <Delayed loading skeleton={<FieldsSkeleton fields={2} />}>
          {null}
        </Delayed>
      )}
    </PageBody>
  )
}
