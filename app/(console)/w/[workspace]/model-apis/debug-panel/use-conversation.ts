'use client'

import { useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import {
  answerOf,
  type DebugMemory,
  type DebugTurn,
  messagesOf,
  readMemory,
  writeMemory,
} from '@/lib/client/debug-conversation.ts'
import { chatBody, customValues, type DebugSettings, defaultSettings } from '@/lib/client/debug-settings.ts'
import { SessionValue } from '@/lib/client/session-value.ts'
import type { DebugForm } from '@/lib/domain/debug.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useDebugCall } from './use-debug-call.ts'

export const chatPath = '/v1/chat/completions'

/** The conversation with an API in this tab, and the call that answers its last turn. */
export function useConversation(api: ModelApi) {
  const t = useTranslations('debug')
  const explain = useExplanation()
  const [memory] = useState(() => new SessionValue(`switchyard.debug.${api.id}`, readMemory, writeMemory))
  const { settings, turns } = useSyncExternalStore(memory.subscribe, memory.get)
  const { caller, call } = useDebugCall(api.id)

  const ask = (input: DebugForm, question: string, model: string, earlier: readonly DebugTurn[]) => {
    const id = (turns.at(-1)?.id ?? 0) + 1
    memory.change((before) => ({ ...before, turns: [...earlier, { id, question, model, answer: null }] }))
    void caller.start(input, (settled) =>
      memory.change((before) => withAnswer(before, id, answerOf(settled, explain))),
    )
  }
  const replaceTurns = (next: readonly DebugTurn[], said: string) => {
    const before = memory.get().turns
    memory.change((value) => ({ ...value, turns: [...next] }))
    toast(said, { undo: () => memory.change((value) => ({ ...value, turns: before })) })
  }
  return {
    settings,
    turns,
    call,
    ask,
    stop: () => caller.stop(),
    change: (changed: Partial<DebugSettings>) =>
      memory.change((before) => ({ ...before, settings: { ...before.settings, ...changed } })),
    reset: () => {
      memory.change((before) => ({ ...before, settings: defaultSettings }))
      toast(t('settings.resetDone'), { undo: () => memory.change((now) => ({ ...now, settings })) })
    },
    /** Forgets a turn and all after it, to ask anew. */
    rewind: (turn: DebugTurn) => {
      caller.stop()
      memory.change((before) => ({ ...before, turns: before.turns.filter(({ id }) => id < turn.id) }))
    },
    remove: (turn: DebugTurn) => {
      if (turn.answer === null) caller.stop()
      replaceTurns(
        memory.get().turns.filter(({ id }) => id !== turn.id),
        t('turn.deleted'),
      )
    },
    clear: () => {
      caller.stop()
      replaceTurns([], t('cleared'))
    },
  }
}

export type Conversation = ReturnType<typeof useConversation>

function withAnswer(memory: DebugMemory, id: number, answer: DebugTurn['answer']): DebugMemory {
  const turns = memory.turns.map((turn) => (turn.id === id ? { ...turn, answer } : turn))
  return { ...memory, turns }
}

/** What the console says when it does not make a call. */
function useExplanation(): (error: unknown) => string {
  const sentence = useSentences()
  return (error) => sentence(error instanceof ConsoleApiError ? error.detail : String(error))
}

/** The next call of a conversation; custom parameters that are wrong are left out. */
export function chatInput(
  settings: DebugSettings,
  model: string,
  turns: readonly DebugTurn[],
  question: string,
): DebugForm {
  const custom = customValues(settings.custom).values ?? {}
  const body = chatBody(settings, model, messagesOf(turns, question), custom)
  return {
    domainId: settings.domainId,
    method: 'POST',
    path: chatPath,
    body: { type: 'json', text: JSON.stringify(body, null, 2) },
    consumerId: settings.consumerId,
  }
}
