'use client'

import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { useWorkspace } from '../use-workspace.ts'
import { newServiceHref } from './model-api-href.ts'
import { UseCaseCards } from './use-case-cards.tsx'
import { useModelApisRefusal } from './use-model-apis-refusal.ts'

/** First use: what a Model API is, and the next step; without a service that is to make one. */
export function ModelApisEmpty({ hasServices }: { readonly hasServices: boolean }) {
  const t = useTranslations('model-apis')
  const { workspace, may } = useWorkspace()
  const refusal = useModelApisRefusal()
  const create = refusal === undefined && hasServices
  const createService = may('services.write') && !hasServices
  return (
    <EmptyState
      title={t('empty.title')}
      text={refusal ?? t(hasServices ? 'empty.text' : 'empty.textNoService')}
      actions={
        createService ? (
          <ButtonLink variant="primary" href={newServiceHref(workspace)}>
            {t('empty.createService')}
          </ButtonLink>
        ) : null
      }
    >
      {create ? <UseCaseCards /> : null}
    </EmptyState>
  )
}
