'use client'

import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { CopyButton } from '@/components/ui/copy-button.tsx'
import { nacosSnippet } from '@/lib/client/snippets/ways-past-the-gateway.ts'
import type { WayProps } from './way-props.ts'

/** Nacos: under which names the ready instances stand, at which servers. */
export function NacosWay({ service }: WayProps) {
  const t = useTranslations('invocation.nacos')
  const [first] = service.nacos
  const server = first?.servers[0]
  return (
    <>
      <FactRows>
        {service.nacos.map(({ id, group, serviceName, namespace, servers }) => {
          const name = `${group}@@${serviceName ?? service.name}`
          return (
            <FactRow
              key={id}
              label={t('registration')}
              actions={<CopyButton value={name} name={t('registration')} />}
            >
              <span className="block select-all break-all font-mono">{name}</span>
              <span className="block break-all text-meta text-ink-3">
                {t('at', { servers: servers.join(', '), namespace: namespace || 'public' })}
              </span>
            </FactRow>
          )
        })}
      </FactRows>
      {first && server ? (
        <CodeBlock
          name={t('snippet')}
          language="bash"
          code={nacosSnippet({ ...first, server, serviceName: first.serviceName ?? service.name })}
        />
      ) : null}
      <p className="text-meta text-ink-3">{t('note')}</p>
    </>
  )
}
