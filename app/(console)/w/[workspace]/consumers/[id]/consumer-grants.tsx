'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { objectHref } from '../../object-href.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { consumerHref } from '../consumer-href.ts'
import { useConsumersRefusal } from '../use-consumers-refusal.ts'

/** What it may call, and whether each asks who is calling at all. */
export function ConsumerGrants({ consumer }: { readonly consumer: Consumer }) {
  const t = useTranslations('consumers.grants')
  const { workspace } = useWorkspace()
  const refusal = useConsumersRefusal()
  const apis = useQuery(modelApiQueries.list(workspace)).data
  return (
    <>
      {consumer.modelApis.length === 0 ? (
        <p className="text-control text-ink-2">{t('none')}</p>
      ) : (
        <table aria-label={t('title')} className="w-full text-left text-control">
          <thead>
            <tr className="border-b border-line-strong text-meta text-ink-3">
              <th scope="col" className="w-[40%] py-1.5 pr-4 font-medium">
                {t('api')}
              </th>
              <th scope="col" className="py-1.5 font-medium">
                {t('authorization')}
              </th>
            </tr>
          </thead>
          <tbody>
            {consumer.modelApis.map(({ id, name }) => (
              <tr key={id} className="border-b border-line align-top">
                <th scope="row" className="py-2 pr-4 font-normal">
                  <TextLink
                    plain
                    translate="no"
                    href={objectHref(workspace, { kind: 'model-api', id }) ?? ''}
                    className="[overflow-wrap:anywhere]"
                  >
                    {name}
                  </TextLink>
                </th>
                <td className="py-2">
                  <Asks api={apis?.find((api) => api.id === id)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {refusal === undefined ? (
        <ButtonLink size="sm" href={consumerHref(workspace, consumer.id, 'edit')} className="mt-3">
          {t('change')}
        </ButtonLink>
      ) : null}
    </>
  )
}

function Asks({ api }: { readonly api: ModelApi | undefined }) {
  const t = useTranslations('consumers.grants')
  if (api === undefined) return null
  return api.plugins.authorization.enabled ? (
    <StatusText tone="ok">{t('asks')}</StatusText>
  ) : (
    <StatusText tone="idle">{t('asksNobody')}</StatusText>
  )
}
