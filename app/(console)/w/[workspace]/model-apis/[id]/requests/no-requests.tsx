'use client'

import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { modelApiHref } from '../../model-api-href.ts'
import { useEveryService } from '../../use-every-service.ts'
import { ModelApiSnippets } from '../model-api-snippets.tsx'

/** Nothing was asked yet, or nothing of it is kept. */
export function NoRequests({ api }: { readonly api: ModelApi }) {
  const t = useTranslations('requests.none')
  const { workspace, may } = useWorkspace()
  const services = useEveryService()
  if (!api.monitoring.enabled) {
    return (
      <EmptyState
        title={t('off')}
        text={t('offText')}
        actions={
          may('model-apis.write') ? (
            <ButtonLink href={modelApiHref(workspace, api.id, 'edit')}>{t('settings')}</ButtonLink>
          ) : null
        }
      />
    )
  }
  return (
    <EmptyState title={t('title')} text={t('text')}>
      <ModelApiSnippets api={api} services={services} />
    </EmptyState>
  )
}
