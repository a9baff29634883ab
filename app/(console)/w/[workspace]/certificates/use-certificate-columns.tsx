'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { Tag } from '@/components/ui/tag.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { Certificate } from '@/lib/domain/certificate.ts'
import { CertificateValidity } from '../certificate-upload/certificate-validity.tsx'
import { UsersCell } from '../object-users.tsx'

/** A row has room for two lines. */
const linesMax = 2

export function useCertificateColumns(workspace: string): DataColumn<Certificate>[] {
  const t = useTranslations('certificates')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (certificate) => <NameCell workspace={workspace} certificate={certificate} />,
      },
      { id: 'names', header: t('columns.names'), cell: ({ names }) => <NamesCell names={names} /> },
      {
        id: 'validity',
        header: t('columns.validUntil'),
        cell: (certificate) => <CertificateValidity {...certificate} />,
      },
      {
        id: 'usedBy',
        header: t('columns.usedBy'),
        priority: 2,
        cell: ({ usedBy }) => <UsersCell users={usedBy} />,
      },
      {
        id: 'issuer',
        header: t('columns.issuer'),
        priority: 2,
        cell: ({ issuer }) => <span className="[overflow-wrap:anywhere]">{issuerName(issuer)}</span>,
      },
      {
        id: 'source',
        header: t('columns.source'),
        priority: 3,
        cell: ({ source }) => t(`sources.${source}`),
      },
    ],
    [t, workspace],
  )
}

interface NameCellProps {
  readonly workspace: string
  readonly certificate: Certificate
}

function NameCell({ workspace, certificate }: NameCellProps) {
  const t = useTranslations('certificates')
  const { id, name, installation } = certificate
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2">
        <TextLink
          plain
          translate="no"
          href={`/w/${workspace}/certificates?open=${id}`}
          className="font-medium text-ink"
        >
          {name}
        </TextLink>
        {installation ? <Tag>{t('sharedTag')}</Tag> : null}
      </span>
      <span className="block font-mono text-meta text-ink-3">{id}</span>
    </>
  )
}

function NamesCell({ names }: { readonly names: readonly string[] }) {
  const t = useTranslations('objects')
  const shown = names.length <= linesMax ? names : names.slice(0, linesMax - 1)
  const hidden = names.length - shown.length
  return (
    <>
      {shown.map((name) => (
        <span key={name} className="block font-mono text-code [overflow-wrap:anywhere]">
          {name}
        </span>
      ))}
      {hidden > 0 ? <span className="text-meta text-ink-3">{t('more', { count: hidden })}</span> : null}
    </>
  )
}

/** The issuer's own name, where its distinguished name has one. */
function issuerName(issuer: string): string {
  return /(?:^|, )CN=([^,]+)/.exec(issuer)?.[1] ?? issuer
}
