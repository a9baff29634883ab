'use client'

import { parseAsBoolean, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Button } from '@/components/ui/button.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { modelApiHref } from '../model-api-href.ts'
import { useModelApi } from './model-api-context.ts'

/** What to do with an API that was just made: send it something. */
export function CreatedPrompt() {
  const t = useTranslations('model-apis.createdPrompt')
  const api = useModelApi()
  const { workspace, may } = useWorkspace()
  const [created, setCreated] = useQueryState('created', parseAsBoolean)
  if (created !== true) return null
  const mayTry = api.enabled && may('model-apis.debug')
  return (
    <div role="status" className="pt-6">
      <Callout
        tone="ok"
        title={t('title')}
        action={
          <div className="flex flex-wrap gap-2 max-md:w-full">
            {mayTry ? (
              <ButtonLink variant="primary" size="sm" href={modelApiHref(workspace, api.id, 'debug')}>
                {t('send')}
              </ButtonLink>
            ) : null}
            <Button size="sm" variant="quiet" onClick={() => void setCreated(null)}>
              {t('later')}
            </Button>
          </div>
        }
      >
        {t(mayTry ? 'text' : 'textOff')}
      </Callout>
    </div>
  )
}
