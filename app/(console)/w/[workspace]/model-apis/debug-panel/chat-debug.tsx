'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { plannedCurl, sentCurl, standardPlace } from '@/lib/client/debug-address.ts'
import { isUnderWay } from '@/lib/client/debug-caller.ts'
import { customValues, systemPromptMax } from '@/lib/client/debug-settings.ts'
import { knownModels, sampleModel } from '@/lib/client/model-api-call.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useEveryService } from '../use-every-service.ts'
import { ChatSettings } from './chat-settings.tsx'
import { Composer } from './composer.tsx'
import { ConversationView } from './conversation-view.tsx'
import { CurlView } from './curl-view.tsx'
import { DebugLayout, type DebugPlace } from './debug-layout.tsx'
import { DebugViews, useDebugView } from './debug-views.tsx'
import { RawView } from './raw-view.tsx'
import { StatusLine } from './status-line.tsx'
import { useCallPlaces } from './use-call-places.ts'
import { type Conversation, chatInput, chatPath, useConversation } from './use-conversation.ts'
import { useDebugRefusal } from './use-debug-refusal.ts'
import { useGrantedConsumers } from './use-granted-consumers.ts'
import { useStopKey } from './use-stop-key.ts'

interface ChatDebugProps {
  readonly api: ModelApi
  readonly place: DebugPlace
  readonly choice: ReactNode
}

/** Asks an API questions as a chat, and shows what happens to each. */
export function ChatDebug({ api, place, choice }: ChatDebugProps) {
  const conversation = useConversation(api)
  const { settings, turns, call } = conversation
  const [draft, setDraft] = useState('')
  const composer = useRef<HTMLTextAreaElement>(null)
  const services = useEveryService()
  const places = useCallPlaces(api, settings.domainId)
  const consumers = useGrantedConsumers(api, settings.consumerId)
  const model = settings.model ?? sampleModel(api.routing, services)
  const refusal = useSendRefusal(conversation, model)
  const [view, setView] = useDebugView()
  useStopKey(isUnderWay(call), conversation.stop)
  // The first thing that people do here is to ask.
  useEffect(() => composer.current?.focus({ preventScroll: true }), [])

  const asked = { ...settings, domainId: places.domainId, consumerId: consumers?.consumerId ?? null }
  const ask = (question: string, earlier = turns) => {
    if (view === 'curl') void setView(null)
    conversation.ask(chatInput(asked, model, earlier, question), question, model, earlier)
  }
  const send = () => {
    const question = draft.trim()
    if (question === '' || refusal !== undefined) return
    setDraft('')
    ask(question)
  }
  const { body = null } = chatInput(asked, model, turns, draft.trim() === '' ? 'hello!' : draft.trim())
  return (
    <DebugLayout
      place={place}
      choice={choice}
      settings={
        <ChatSettings
          api={api}
          conversation={conversation}
          places={places}
          consumers={consumers}
          models={knownModels(api.routing, services)}
          model={model}
        />
      }
    >
      <DebugViews
        count={call === null ? null : call.run.frames.length + call.run.framesLost}
        answer={
          <ConversationView
            conversation={conversation}
            onEdit={(turn) => {
              conversation.rewind(turn)
              setDraft(turn.question)
              composer.current?.focus()
            }}
            onRegenerate={(turn) => {
              conversation.rewind(turn)
              ask(
                turn.question,
                turns.filter(({ id }) => id < turn.id),
              )
            }}
          />
        }
        curl={
          <CurlView
            planned={plannedCurl({
              api,
              domain: places.domain,
              method: 'POST',
              path: chatPath,
              body,
              keyPlace: consumers?.keyPlace ?? standardPlace,
            })}
            sent={call?.run.sent ? sentCurl(call.run.sent, call.input.body) : null}
            needsKey={api.plugins.authorization.enabled}
          />
        }
        raw={<RawView call={call} />}
      />
      <StatusLine api={api} call={call} />
      <Composer
        ref={composer}
        draft={draft}
        onDraft={setDraft}
        underWay={isUnderWay(call)}
        refusal={refusal}
        onSend={send}
        onStop={conversation.stop}
      />
    </DebugLayout>
  )
}

/** Why nothing can be sent now, whatever the question. */
function useSendRefusal({ settings }: Conversation, model: string): string | undefined {
  const t = useTranslations('debug.refusals')
  const refused = useDebugRefusal()
  if (refused !== undefined) return refused
  const over = [...settings.systemPrompt].length - systemPromptMax
  if (over > 0) return t('systemPrompt', { max: systemPromptMax, over })
  if (customValues(settings.custom).problem !== null) return t('custom')
  return model.trim() === '' ? t('model') : undefined
}
