'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { Consumer } from '@/lib/domain/consumer.ts'
import { objectHref } from '../object-href.ts'
import { consumerHref } from './consumer-href.ts'
import { CredentialText } from './credential-text.tsx'

/** The list's columns, most important first. */
export function useConsumerColumns(workspace: string): DataColumn<Consumer>[] {
  const t = useTranslations('consumers.columns')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        cell: ({ id, name }) => (
          <TextLink
            plain
            translate="no"
            href={consumerHref(workspace, id)}
            className="font-medium text-ink! [overflow-wrap:anywhere]"
          >
            {name}
          </TextLink>
        ),
        skeleton: '70%',
      },
      { id: 'credentials', header: t('credentials'), cell: (consumer) => <CredentialsCell {...consumer} /> },
      {
        id: 'grants',
        header: t('grants'),
        cell: (consumer) => <GrantsCell workspace={workspace} {...consumer} />,
      },
      {
        id: 'created',
        header: t('created'),
        priority: 3,
        cell: ({ createdAt }) => <Time value={createdAt} />,
      },
      {
        id: 'updated',
        header: t('updated'),
        priority: 2,
        cell: ({ updatedAt }) => <Time value={updatedAt} />,
      },
    ],
    [t, workspace],
  )
}

const shown = 2

function CredentialsCell({ credentials }: Pick<Consumer, 'credentials'>) {
  const t = useTranslations('consumers')
  if (credentials.length === 0) return <StatusText tone="idle">{t('noCredential')}</StatusText>
  return (
    <span className="flex flex-col items-start">
      {credentials.slice(0, shown).map((credential) => (
        <CredentialText key={credential.id} credential={credential} />
      ))}
      <More count={credentials.length - shown} />
    </span>
  )
}

interface GrantsCellProps extends Pick<Consumer, 'modelApis'> {
  readonly workspace: string
}

function GrantsCell({ workspace, modelApis }: GrantsCellProps) {
  const t = useTranslations('consumers')
  if (modelApis.length === 0) return <StatusText tone="idle">{t('noGrant')}</StatusText>
  return (
    <span className="flex flex-col items-start">
      {modelApis.slice(0, shown).map(({ id, name }) => (
        <TextLink
          key={id}
          plain
          translate="no"
          href={objectHref(workspace, { kind: 'model-api', id }) ?? ''}
          className="py-0.5 [overflow-wrap:anywhere]"
        >
          {name}
        </TextLink>
      ))}
      <More count={modelApis.length - shown} />
    </span>
  )
}

function More({ count }: { readonly count: number }) {
  const t = useTranslations('consumers')
  return count > 0 ? <span className="text-meta text-ink-3">{t('more', { count })}</span> : null
}
