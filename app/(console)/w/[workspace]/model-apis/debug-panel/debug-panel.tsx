'use client'

import { parseAsStringEnum, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { Segmented } from '@/components/ui/segmented.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { routesOf } from '@/lib/domain/model-api-routes.ts'
import { CallDebug } from './call-debug.tsx'
import { ChatDebug } from './chat-debug.tsx'
import type { DebugPlace } from './debug-layout.tsx'
import { chatPath } from './use-conversation.ts'

interface DebugPanelProps {
  readonly api: ModelApi
  readonly place: DebugPlace
}

/** A chat with an API that answers chats; a test call of any of its routes. */
export function DebugPanel({ api, place }: DebugPanelProps) {
  const t = useTranslations('debug')
  const [wanted, setMode] = useQueryState(
    'mode',
    parseAsStringEnum(['chat', 'call']).withDefault('chat').withOptions({ history: 'push' }),
  )
  const routes = routesOf(api.useCase, api.protocol).filter(({ name }) => !api.disabledRoutes.includes(name))
  const chats = routes.some(({ path }) => path === chatPath)
  if (!chats) return <CallDebug key={api.id} api={api} routes={routes} place={place} chats={false} />
  const choice =
    routes.length < 2 ? null : (
      <Segmented
        aria-label={t('mode.label')}
        items={[
          { value: 'chat', label: t('mode.chat') },
          { value: 'call', label: t('mode.call') },
        ]}
        value={wanted === 'call' ? 'call' : 'chat'}
        onValueChange={(mode: string) => void setMode(mode === 'call' ? 'call' : null)}
      />
    )
  return wanted === 'call' ? (
    <CallDebug key={api.id} api={api} routes={routes} place={place} chats choice={choice} />
  ) : (
    <ChatDebug key={api.id} api={api} place={place} choice={choice} />
  )
}
