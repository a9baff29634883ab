'use client'

import { ArrowDown } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { isUnderWay } from '@/lib/client/debug-caller.ts'
import { answerOf, type DebugTurn } from '@/lib/client/debug-conversation.ts'
import { TurnView } from './turn-view.tsx'
import type { Conversation } from './use-conversation.ts'
import { useStickToEnd } from './use-stick-to-end.ts'
import { WaitingNote } from './waiting-note.tsx'

interface ConversationViewProps {
  readonly conversation: Conversation
  readonly onEdit: (turn: DebugTurn) => void
  readonly onRegenerate: (turn: DebugTurn) => void
}

/** The turns, the last of them as it grows. */
export function ConversationView({ conversation, onEdit, onRegenerate }: ConversationViewProps) {
  const t = useTranslations('debug')
  const { turns, call } = conversation
  const view = useRef<HTMLDivElement>(null)
  const { sticks, onScroll, toEnd } = useStickToEnd(view)
  const underWay = isUnderWay(call)
  if (turns.length === 0) return <p className="py-6 text-control text-ink-2">{t('conversation.empty')}</p>
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div className="flex justify-end pt-2">
        <Button size="sm" variant="quiet" onClick={conversation.clear}>
          {t('conversation.clear')}
        </Button>
      </div>
      <section
        ref={view}
        aria-label={t('conversation.label')}
        aria-busy={underWay}
        onScroll={onScroll}
        className="min-h-[160px] flex-1 overflow-y-auto pb-4 -outline-offset-2 max-lg:max-h-[60dvh]"
      >
        {turns.map((turn) => {
          const isLast = turn.id === turns.at(-1)?.id
          const growing = isLast && turn.answer === null && call !== null ? answerOf(call, String) : null
          return (
            <TurnView
              key={turn.id}
              turn={turn}
              answer={turn.answer ?? growing}
              isGrowing={turn.answer === null && underWay}
              onEdit={() => onEdit(turn)}
              onRegenerate={isLast ? () => onRegenerate(turn) : undefined}
              onDelete={() => conversation.remove(turn)}
            />
          )
        })}
        <WaitingNote call={call} onStop={conversation.stop} />
      </section>
      {sticks ? null : (
        <Button
          size="sm"
          icon={ArrowDown}
          className="absolute! bottom-3 left-1/2 -translate-x-1/2 shadow-menu"
          onClick={toEnd}
        >
          {t('conversation.toLatest')}
        </Button>
      )}
    </div>
  )
}
