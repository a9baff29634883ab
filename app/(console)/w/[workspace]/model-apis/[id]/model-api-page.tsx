'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { Section } from '@/components/page/section.tsx'
import { DetailSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { keyVariable } from '@/lib/client/snippets/model-api.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { ObjectNotFound } from '../../object-not-found.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { modelApisHref } from '../model-api-href.ts'
import { useEveryService } from '../use-every-service.ts'
import { useRoutingRows } from '../use-routing-rows.tsx'
import { ModelApiAddresses } from './model-api-addresses.tsx'
import { ModelApiHeader } from './model-api-header.tsx'
import { ModelApiRouteLine } from './model-api-route-line.tsx'
import { ModelApiSettings } from './model-api-settings.tsx'
import { ModelApiSnippets } from './model-api-snippets.tsx'
import { TargetsTable } from './targets-table.tsx'

/** One Model API: how a request travels, how to call it, and what it was told. */
export function ModelApiPage() {
  const t = useTranslations('model-apis')
  const { workspace, displayName } = useWorkspace()
  const { id } = useParams<{ id: string }>()
  const { data, error, refetch } = useQuery(modelApiQueries.detail(workspace, decodeURIComponent(id)))
  useCrumbs(data ? [{ label: data.name }] : [])
  const missing = error instanceof ConsoleApiError && error.status === 404
  return (
    <PageBody layout="detail">
      {missing ? (
        <ObjectNotFound
          title={t('missing', { workspace: displayName })}
          href={modelApisHref(workspace)}
          link={t('toList')}
        />
      ) : error && !data ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Delayed loading={!data} skeleton={<DetailSkeleton />}>
          {data ? <Contents api={data} /> : null}
        </Delayed>
      )}
    </PageBody>
  )
}

function Contents({ api }: { readonly api: ModelApi }) {
  const t = useTranslations('model-apis')
  const services = useEveryService()
  const rowsOf = useRoutingRows()
  const { fallback } = api
  return (
    <>
      <ModelApiHeader api={api} services={services} />
      <ModelApiRouteLine api={api} services={services} />
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
