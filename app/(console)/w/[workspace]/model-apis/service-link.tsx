'use client'

import { useTranslations } from 'use-intl'
import { StatusGlyph, type StatusTone } from '@/components/feedback/status-glyph.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { objectHref } from '../object-href.ts'
import { useWorkspace } from '../use-workspace.ts'

const serviceTones: Record<UpstreamService['health']['state'], StatusTone> = {
  unknown: 'pending',
  healthy: 'ok',
  degraded: 'warn',
  failing: 'bad',
  empty: 'bad',
  stale: 'warn',
}

interface ServiceLinkProps {
  readonly serviceId: string
  readonly services: readonly UpstreamService[]
}

/** A service by name, with its health as a shape and, for those who hear the page, as a word. */
export function ServiceLink({ serviceId, services }: ServiceLinkProps) {
  const t = useTranslations('services.health')
  const { workspace } = useWorkspace()
  const service = services.find(({ id }) => id === serviceId)
  if (service === undefined) return <span className="font-mono text-code text-ink-3">{serviceId}</span>
  const { state } = service.health
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1.5" title={t(state)}>
      <StatusGlyph tone={serviceTones[state]} className="self-center" />
      <TextLink
        plain
        translate="no"
        href={objectHref(workspace, { kind: 'service', id: service.id }) ?? ''}
        className="[overflow-wrap:anywhere]"
      >
        {service.name}
      </TextLink>
      <span className="sr-only">{t(state)}</span>
    </span>
  )
}
