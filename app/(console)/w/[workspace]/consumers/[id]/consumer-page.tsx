'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { Section } from '@/components/page/section.tsx'
import { DetailSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { Time } from '@/components/ui/time.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { consumerQueries } from '@/lib/client/consumers-queries.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import { ObjectNotFound } from '../../object-not-found.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { consumersHref } from '../consumer-href.ts'
import { ConsumerGrants } from './consumer-grants.tsx'
import { ConsumerHeader } from './consumer-header.tsx'
import { CredentialsSection } from './credentials-section.tsx'

/** One consumer: how it says who it is, and what it may call. */
export function ConsumerPage() {
  const t = useTranslations('consumers')
  const { workspace, displayName } = useWorkspace()
  const { id } = useParams<{ id: string }>()
  const { data, error, refetch } = useQuery(consumerQueries.detail(workspace, decodeURIComponent(id)))
  useCrumbs(data ? [{ label: data.name }] : [])
  const missing = error instanceof ConsoleApiError && error.status === 404
  return (
    <PageBody layout="detail">
      {missing ? (
        <ObjectNotFound
          title={t('missing', { workspace: displayName })}
          href={consumersHref(workspace)}
          link={t('toList')}
        />
      ) : error && !data ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Delayed loading={!data} skeleton={<DetailSkeleton />}>
          {data ? <Contents consumer={data} /> : null}
        </Delayed>
      )}
    </PageBody>
  )
}

function Contents({ consumer }: { readonly consumer: Consumer }) {
  const t = useTranslations('consumers')
  return (
    <>
      <ConsumerHeader consumer={consumer} />
      <Section title={t('credentials.title')} note={t('credentials.note')}>
        <CredentialsSection consumer={consumer} />
      </Section>
      <Section title={t('grants.title')} note={t('grants.note')}>
        <ConsumerGrants consumer={consumer} />
      </Section>
      <Section title={t('facts.title')}>
        <FactRows>
          <FactRow label={t('facts.id')}>
            <MonoValue value={consumer.id} name={t('facts.id')} />
          </FactRow>
          <FactRow label={t('columns.created')}>
            <Time value={consumer.createdAt} />
          </FactRow>
          <FactRow label={t('columns.updated')}>
            <Time value={consumer.updatedAt} />
          </FactRow>
        </FactRows>
      </Section>
    </>
  )
}
