'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import { useWorkspace } from '../use-workspace.ts'
import { newModelApiHref } from './model-api-href.ts'
import { ModelApisEmpty } from './model-apis-empty.tsx'
import { ModelApisTable } from './model-apis-table.tsx'
import { useModelApisRefusal } from './use-model-apis-refusal.ts'

export function ModelApisPage() {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const list = useQuery(modelApiQueries.list(workspace))
  const services = useQuery(upstreamServiceQueries.every(workspace))
  const refusal = useModelApisRefusal()
  const href = newModelApiHref(workspace)
  useShellActions(
    refusal === undefined
      ? [{ id: 'create-model-api', group: 'create', label: t('create'), href, shortcut: 'c' }]
      : [],
  )
  const firstUse = list.data?.length === 0 && !services.isPending
  const button =
    refusal === undefined ? (
      <ButtonLink variant="primary" icon={Plus} shortcut="c" href={href}>
        {t('create')}
      </ButtonLink>
    ) : (
      <Button variant="primary" icon={Plus} disabledReason={refusal}>
        {t('create')}
      </Button>
    )
  return (
    <PageBody layout="list">
      <PageHeader title={t('title')} actions={firstUse ? null : button} />
      {firstUse ? (
        <ModelApisEmpty hasServices={(services.data?.length ?? 0) > 0} />
      ) : (
        <ModelApisTable
          all={list.data}
          services={services.data ?? []}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
    </PageBody>
  )
}
