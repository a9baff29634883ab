'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { consumerQueries } from '@/lib/client/consumers-queries.ts'
import { useWorkspace } from '../use-workspace.ts'
import { newConsumerHref } from './consumer-href.ts'
import { ConsumersTable } from './consumers-table.tsx'
import { useConsumersRefusal } from './use-consumers-refusal.ts'

export function ConsumersPage() {
  const t = useTranslations('consumers')
  const { workspace } = useWorkspace()
  const { data, error, refetch } = useQuery(consumerQueries.list(workspace))
  const refusal = useConsumersRefusal()
  const href = newConsumerHref(workspace)
  useShellActions(
    refusal === undefined
      ? [{ id: 'create-consumer', group: 'create', label: t('create'), href, shortcut: 'c' }]
      : [],
  )
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
  const firstUse = data?.length === 0
  return (
    <PageBody layout="list">
      <PageHeader title={t('title')} actions={firstUse ? null : button} />
      {firstUse ? (
        <EmptyState
          title={t('empty.title')}
          text={refusal ?? t('empty.text')}
          actions={refusal === undefined ? button : null}
        />
      ) : (
        <ConsumersTable all={data} error={error} onRetry={() => void refetch()} />
      )}
    </PageBody>
  )
}
