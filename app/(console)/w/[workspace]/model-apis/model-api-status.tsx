'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { type ModelApiHealth, modelApiHealth } from '@/lib/client/model-api-health.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

const tones: Record<ModelApiHealth['state'], StatusTone> = {
  disabled: 'idle',
  serving: 'ok',
  partly: 'warn',
  down: 'bad',
  quiet: 'pending',
}

interface ModelApiStatusProps {
  readonly api: ModelApi
  readonly services: readonly UpstreamService[]
}

/** "Serving", or how many of its services are not. */
export function ModelApiStatus({ api, services }: ModelApiStatusProps) {
  const t = useTranslations('model-apis.health')
  const { state, failing, total } = modelApiHealth(api, services)
  return <StatusText tone={tones[state]}>{t(state, { failing, total })}</StatusText>
}
