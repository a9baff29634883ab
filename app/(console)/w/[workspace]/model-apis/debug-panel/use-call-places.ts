'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { certificateQueries } from '@/lib/client/certificates-queries.ts'
import { callBase, hostOf } from '@/lib/client/debug-address.ts'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** Stands in the select for the gateway's own names, which have no id. */
const ownNames = 'own'

/** Where an API can be called: its domain names or, without any, the gateway's own. */
export function useCallPlaces(api: ModelApi, domainId: string | null) {
  const t = useTranslations('debug.settings')
  const { workspace } = useWorkspace()
  const domains = useQuery(domainQueries.list(workspace, api.gateway.id)).data ?? []
  const own = domains.filter(({ id }) => api.domainIds.includes(id))
  const domain = own.find(({ id }) => id === domainId) ?? own[0] ?? null
  const isSelfSigned = useIsSelfSigned(domain)
  const base = callBase(api, null)
  const items =
    own.length === 0
      ? [
          {
            value: ownNames,
            label: base === null ? t('ownNames') : hostOf(base),
            description: base?.split(':')[0],
          },
        ]
      : own.map(({ id, unicodeName, protocol }) => ({ value: id, label: unicodeName, description: protocol }))
  return {
    items,
    value: domain?.id ?? ownNames,
    domain,
    /** As the call says it. */
    domainId: domain?.id ?? null,
    idOf: (value: string) => (value === ownNames ? null : value),
    note: isSelfSigned ? t('selfSigned') : base === null ? t('noAddress') : undefined,
  }
}

/** A chain of one, issued by a name that it is for. */
function useIsSelfSigned(domain: Domain | null): boolean {
  const { workspace } = useWorkspace()
  const certificates = useQuery({
    ...certificateQueries.list(workspace),
    enabled: domain !== null && domain.certificate !== null,
  })
  const certificate = certificates.data?.find(({ id }) => id === domain?.certificate?.id)
  if (certificate === undefined || certificate.source === 'acme' || certificate.chainLength > 1) return false
  return certificate.names.some((name) => certificate.issuer.includes(name))
}
