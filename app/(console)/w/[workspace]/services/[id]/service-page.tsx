'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useLocale, useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { Section } from '@/components/page/section.tsx'
import { DetailSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { wordsIn } from '@/lib/client/provider-form.ts'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { ObjectNotFound } from '../../object-not-found.tsx'
import { UsersList } from '../../object-users.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { servicesHref } from '../service-href.ts'
import { TestServicePanel } from '../test/test-service-panel.tsx'
import { ServiceFacts, ServiceSettings } from './service-facts.tsx'
import { ServiceHeader } from './service-header.tsx'
import { ServiceKeys } from './service-keys.tsx'
import { ServiceModels } from './service-models.tsx'
import { ServiceNodes } from './service-nodes.tsx'

/** One service: how it is, a try, its nodes and keys, and who would miss it. */
export function ServicePage() {
  const t = useTranslations('services')
  const { workspace, displayName } = useWorkspace()
  const { id } = useParams<{ id: string }>()
  const { data, error, refetch } = useQuery(upstreamServiceQueries.detail(workspace, decodeURIComponent(id)))
  useCrumbs(data ? [{ label: data.name }] : [])
  const missing = error instanceof ConsoleApiError && error.status === 404
  return (
    <PageBody layout="detail">
      {missing ? (
        <ObjectNotFound
          title={t('missing', { workspace: displayName })}
          href={servicesHref(workspace)}
          link={t('toList')}
        />
      ) : error && !data ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Delayed loading={!data} skeleton={<DetailSkeleton />}>
          {data ? <Contents service={data} /> : null}
        </Delayed>
      )}
    </PageBody>
  )
}

function Contents({ service }: { readonly service: UpstreamService }) {
  const t = useTranslations('services')
  const locale = useLocale()
  const hasKeys = service.keys.length > 0
  // A provider's one address is in the facts above.
  const hasNodes = service.provider === null || service.nodes.length > 0
  return (
    <>
      <ServiceHeader service={service} />
      {service.warnings.length > 0 ? (
        <div className="flex flex-col gap-2 pb-2">
          {service.warnings.map(({ path, code, message }) => (
            <Callout key={`${path} ${code}`} tone="warn">
              {wordsIn(message, locale)}
            </Callout>
          ))}
        </div>
      ) : null}
      <ServiceFacts service={service} />
      <Section id="test" title={t('test.title')} note={t(hasKeys ? 'test.note' : 'test.noteKeyless')}>
        <TestServicePanel service={service} />
      </Section>
      {hasKeys ? (
        <Section title={t('keys.title')} note={t('keys.note')}>
          <ServiceKeys service={service} />
        </Section>
      ) : null}
      {hasNodes ? (
        <Section title={t('nodes.title')} note={t('nodes.note')}>
          <ServiceNodes service={service} />
        </Section>
      ) : null}
      {service.source === 'ai' ? (
        <Section title={t('models.title')}>
          <ServiceModels service={service} />
        </Section>
      ) : null}
      <Section title={t('settings.title')}>
        <ServiceSettings service={service} />
      </Section>
      <Section title={t('columns.usedBy')} note={t('usedByNote')}>
        {service.usedBy.length === 0 ? (
          <p className="text-control text-ink-3">{t('unused')}</p>
        ) : (
          <UsersList users={service.usedBy} />
        )}
      </Section>
    </>
  )
}
