'use client'

import { useTranslations } from 'use-intl'
import { Section } from '@/components/page/section.tsx'
import { keyVariable } from '@/lib/client/snippets/model-api.ts'
import { useEveryService } from '../use-every-service.ts'
import { useRoutingRows } from '../use-routing-rows.tsx'
import { CreatedPrompt } from './created-prompt.tsx'
import { ModelApiAddresses } from './model-api-addresses.tsx'
import { useModelApi } from './model-api-context.ts'
import { ModelApiRouteLine } from './model-api-route-line.tsx'
import { ModelApiSettings } from './model-api-settings.tsx'
import { ModelApiSnippets } from './model-api-snippets.tsx'
import { TargetsTable } from './targets-table.tsx'

/** How a request travels, how to call the API, and what it was told. */
export function ModelApiOverview() {
  const t = useTranslations('model-apis')
  const api = useModelApi()
  const services = useEveryService()
  const rowsOf = useRoutingRows()
  const { fallback } = api
  return (
    <>
      <CreatedPrompt />
      <div className="pt-6">
        <ModelApiRouteLine api={api} services={services} />
      </div>
      <Section
        title={t('call.title')}
        note={
          api.plugins.authorization.enabled ? t('call.keyNote', { variable: keyVariable }) : t('call.note')
        }
        className="mt-6 border-t!"
      >
        <div className="flex flex-col gap-5">
          <ModelApiSnippets api={api} services={services} />
          <ModelApiAddresses api={api} />
        </div>
      </Section>
      <Section title={t('form.routing')} note={t(`routingTexts.${api.routing.mode}`)}>
        <TargetsTable
          label={t('form.routing')}
          first={t(`firstColumns.${api.routing.mode}`)}
          rows={rowsOf(api.routing)}
          services={services}
        />
      </Section>
      <Section title={t('form.fallback')} note={t('form.fallbackNote')}>
        {fallback.enabled ? (
          <>
            <TargetsTable
              label={t('form.fallback')}
              first={t('firstColumns.fallback')}
              rows={fallback.targets.map((target, index) => ({ when: String(index + 1), target }))}
              services={services}
            />
            {fallback.upstreamErrorsOnly ? (
              <p className="mt-3 text-control text-ink-2">
                {t('form.upstreamErrorsOnly')}. {t('form.upstreamErrorsOnlyHelp')}
              </p>
            ) : null}
          </>
        ) : (
          <p className="text-control text-ink-2">{t('fallbackOff')}</p>
        )}
      </Section>
      <Section title={t('settings.title')}>
        <ModelApiSettings api={api} />
      </Section>
    </>
  )
}
