'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { useMay } from '@/lib/client/use-may.ts'
import { exampleCall } from './example-call.ts'
import { servicesHref } from './service-href.ts'

/** First use: what a service is, how to make one, and the call it leads to. */
export function ServicesEmpty({ workspace }: { readonly workspace: string }) {
  const t = useTranslations('inference-services')
  const mayWrite = useMay(workspace, 'inference-services.write')
  const { data: shared } = useQuery(gatewayQueries.detail(workspace, 'shared'))
  const address = shared?.internet.address
  return (
    <EmptyState
      title={t('empty.title')}
      text={mayWrite ? t('empty.text') : t('actions.mayNotWrite')}
      actions={
        mayWrite ? (
          <ButtonLink variant="primary" icon={Plus} shortcut="c" href={`${servicesHref(workspace)}/new`}>
            {t('empty.register')}
          </ButtonLink>
        ) : null
      }
    >
      {address ? (
        <>
          <p className="mb-2 text-control text-ink-2">{t('empty.example')}</p>
          <CodeBlock name={t('empty.exampleName')} language="bash" code={exampleCall(address)} />
        </>
      ) : null}
    </EmptyState>
  )
}
