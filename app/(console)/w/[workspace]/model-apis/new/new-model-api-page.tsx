'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { emptyModelApiForm, modelApiFormOf } from '@/lib/client/model-api-form-values.ts'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { modelApiUseCases } from '@/lib/domain/model-api-routes.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { CreateModelApiForm } from '../form/create-model-api-form.tsx'
import { UseCaseCards } from '../use-case-cards.tsx'

const parsers = { use: parseAsStringLiteral(modelApiUseCases), from: parseAsString }

/** First what the API is for; with `?use=` the form follows, and with `?from=` it is filled from another API. */
export function NewModelApiPage() {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const [{ use, from }] = useQueryStates(parsers)
  const { data, error, refetch } = useQuery(workspaceQueries.detail(workspace))
  const original = useQuery({ ...modelApiQueries.detail(workspace, from ?? ''), enabled: from !== null })
  useCrumbs([{ label: t('create') }])
  const isReady = data !== undefined && (from === null || original.isFetched)
  const initial = () =>
    original.data
      ? { ...modelApiFormOf(original.data), name: '' }
      : emptyModelApiForm(data?.defaultGatewayId ?? sharedGatewayId, use ?? 'text')
  const useCase = use ?? original.data?.useCase ?? null
  return (
    <PageBody layout="form">
      {isReady && useCase === null ? (
        <div className="pb-12">
          <PageHeader title={t('create')} status={t('createQuestion')} />
          <UseCaseCards />
        </div>
      ) : null}
      {isReady ? (
        <div hidden={useCase === null}>
          <CreateModelApiForm initial={initial()} useCase={useCase} />
        </div>
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
