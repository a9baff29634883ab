'use client'

import { RotateCcw } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { CopyButton } from '@/components/ui/copy-button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Input } from '@/components/ui/input.tsx'
import { Tag } from '@/components/ui/tag.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { joinUrl } from '@/lib/client/snippets/snippet-input.ts'
import { path as pathSchema } from '@/lib/domain/inference-service.ts'
import { AddressRow } from './address-row.tsx'
import type { InvocationProps } from './invocation-props.ts'
import { InvocationSnippets } from './invocation-snippets.tsx'
import { InvocationTokenRow } from './invocation-token-row.tsx'
import type { WayProps } from './way-props.ts'

/** One address of a service in rows to copy, then the snippets for exactly that address. */
export function InvocationAddress({ workspace, service, endpoints, side }: WayProps) {
  const { hostEndpoint, domain } = side
  const endpoint = side.endpoint ?? ''
  const t = useTranslations('invocation')
  const format = useFormat()
  const [typedPath, setPath] = useState(endpoints.apiPath)
  const valid = pathSchema.safeParse(typedPath).success
  const path = valid ? typedPath.trim() : endpoints.apiPath
  const url = joinUrl(endpoint, path)
  return (
    <div className="flex flex-col gap-4">
      <FactRows>
        <AddressRow label={t('endpoint')} value={endpoint}>
          {domain ? <span className="block text-meta text-ink-3">{t('ofDomain', { domain })}</span> : null}
        </AddressRow>
        {hostEndpoint ? <AddressRow label={t('hostEndpoint')} value={hostEndpoint} /> : null}
        <PathRow
          service={service}
          value={typedPath}
          valid={valid}
          usual={endpoints.apiPath}
          onChange={setPath}
        />
        <AddressRow label={t('fullUrl')} value={url} />
        <InvocationTokenRow workspace={workspace} service={service} />
      </FactRows>
      <InvocationSnippets
        workspace={workspace}
        service={service}
        endpoints={endpoints}
        url={url}
        path={path}
        net={side.side}
      />
      <p className="text-meta text-ink-3">
        {t('bodyLimit', { limit: format.bytes(endpoints.requestBodyBytesMax) })}
      </p>
    </div>
  )
}

type PathRowProps = Pick<InvocationProps, 'service'> & {
  readonly value: string
  readonly valid: boolean
  readonly usual: string
  readonly onChange: (path: string) => void
}

function PathRow({ service, value, valid, usual, onChange }: PathRowProps) {
  const t = useTranslations('invocation')
  const types = useTranslations('inference-services.apiTypes')
  const id = useId()
  return (
    <FactRow
      label={<label htmlFor={id}>{t('apiPath')}</label>}
      actions={
        <>
          {value === usual ? null : (
            <IconButton
              icon={RotateCcw}
              label={t('resetPath', { path: usual })}
              onClick={() => onChange(usual)}
            />
          )}
          <CopyButton value={value} name={t('apiPath')} />
        </>
      }
    >
      <span className="flex flex-wrap items-center gap-2">
        <Input
          id={id}
          mono
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={valid ? undefined : true}
          aria-describedby={valid ? undefined : `${id}-note`}
          className="h-7! max-w-[320px] text-control!"
        />
        <Tag>{types(service.apiType)}</Tag>
      </span>
      {valid ? null : (
        <span id={`${id}-note`} className="mt-1 block text-meta text-bad-text">
          {t('pathNeedsSlash')}
        </span>
      )}
    </FactRow>
  )
}
