'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import { truncateMiddle } from '@/components/ui/truncate-middle.ts'
import { routedServiceIds } from '@/lib/client/model-api-health.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useGatewayName } from '../gateway-name.ts'
import { useDebugHref } from './debug-panel/use-debug-href.ts'
import { placesOf } from './model-api-address.ts'
import { modelApiHref } from './model-api-href.ts'
import { ModelApiStatus } from './model-api-status.tsx'
import { protocolName } from './protocol-name.ts'
import { RoutingCell } from './routing-cell.tsx'
import { ServiceLink } from './service-link.tsx'

/** The list's columns, most important first. */
export function useModelApiColumns(
  workspace: string,
  services: readonly UpstreamService[],
): DataColumn<ModelApi>[] {
  const t = useTranslations('model-apis.columns')
  const debug = useTranslations('debug')
  const gatewayName = useGatewayName()
  const debugHref = useDebugHref()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        cell: (api) => <NameCell workspace={workspace} api={api} />,
        width: '25%',
        skeleton: '70%',
      },
      {
        id: 'status',
        header: t('status'),
        width: '144px',
        cell: (api) => <ModelApiStatus api={api} services={services} />,
      },
      { id: 'protocol', header: t('useCase'), width: '136px', cell: (api) => <UseCaseCell api={api} /> },
      {
        id: 'routing',
        header: t('routing'),
        priority: 2,
        cell: (api) => <RoutingCell api={api} services={services} />,
      },
      {
        id: 'services',
        header: t('services'),
        priority: 2,
        width: '152px',
        cell: (api) => <ServicesCell api={api} services={services} />,
      },
      {
        id: 'gateway',
        header: t('gateway'),
        priority: 3,
        cell: ({ gateway }) => <span translate="no">{gatewayName(gateway)}</span>,
      },
      {
        id: 'updated',
        header: t('updated'),
        priority: 3,
        cell: ({ updatedAt }) => <Time value={updatedAt} />,
      },
      {
        id: 'debug',
        header: debug('title'),
        priority: 2,
        cell: (api) => (
          <ButtonLink
            size="sm"
            href={debugHref(api)}
            scroll={false}
            aria-label={debug('openOf', { name: api.name })}
          >
            {debug('open')}
          </ButtonLink>
        ),
      },
    ],
    [t, debug, workspace, services, gatewayName, debugHref],
  )
}

function NameCell({ workspace, api }: { readonly workspace: string; readonly api: ModelApi }) {
  const t = useTranslations('model-apis')
  const [first, ...others] = placesOf(api)
  return (
    <>
      <TextLink
        plain
        translate="no"
        href={modelApiHref(workspace, api.id)}
        className="block font-medium text-ink! [overflow-wrap:anywhere]"
      >
        {api.name}
      </TextLink>
      <span title={first} className="block font-mono text-meta text-ink-3 [overflow-wrap:anywhere]">
        {truncateMiddle(first ?? api.basePath, 38)}
      </span>
      {others.length > 0 ? (
        <span className="block text-meta text-ink-3">{t('moreAddresses', { count: others.length })}</span>
      ) : null}
    </>
  )
}

function UseCaseCell({ api: { useCase, protocol } }: { readonly api: ModelApi }) {
  const t = useTranslations('model-apis.useCases')
  return (
    <>
      {t(useCase)}
      <span className="block text-meta text-ink-3">{protocolName(protocol)}</span>
    </>
  )
}

const servicesShown = 2

function ServicesCell({
  api,
  services,
}: {
  readonly api: ModelApi
  readonly services: readonly UpstreamService[]
}) {
  const t = useTranslations('model-apis')
  const ids = routedServiceIds(api)
  const hidden = ids.length - servicesShown
  return (
    <span className="flex flex-col items-start">
      {ids.slice(0, servicesShown).map((id) => (
        <ServiceLink key={id} serviceId={id} services={services} />
      ))}
      {hidden > 0 ? (
        <span className="text-meta text-ink-3">{t('moreServices', { count: hidden })}</span>
      ) : null}
    </span>
  )
}
