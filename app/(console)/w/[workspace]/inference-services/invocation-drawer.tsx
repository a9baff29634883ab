'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryStates } from 'nuqs'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/page/error-state.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { InvocationPanel } from './invocation/invocation-panel.tsx'

/** The Invocation method panel over the list: `?invoke=<id or name>`. */
export function InvocationDrawer({ workspace }: { readonly workspace: string }) {
  const t = useTranslations('invocation')
  const services = useTranslations('inference-services')
  const [{ invoke }, setState] = useQueryStates(
    { invoke: parseAsString, way: parseAsString, net: parseAsString },
    { history: 'push' },
  )
  const service = useQuery({
    ...inferenceServiceQueries.detail(workspace, invoke ?? ''),
    enabled: invoke !== null,
  })
  return (
    <Drawer
      open={invoke !== null}
      onOpenChange={(open) => {
        if (!open) void setState({ invoke: null, way: null, net: null })
      }}
      width={960}
      title={service.data?.name ?? t('title')}
      description={t('note')}
    >
      {service.data ? <InvocationPanel workspace={workspace} service={service.data} /> : null}
      {service.error && !service.data ? (
        <ErrorState
          title={services('loadFailed')}
          error={service.error}
          onRetry={() => void service.refetch()}
        />
      ) : null}
    </Drawer>
  )
}
