'use client'

import { Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { CopyButton } from '@/components/ui/copy-button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import type { DebugAnswer, DebugTurn } from '@/lib/client/debug-conversation.ts'
import { AnswerText } from './answer-text.tsx'
import { FailureNote } from './failure-note.tsx'

interface TurnViewProps {
  readonly turn: DebugTurn
  /** As far as it has come; null: nothing yet. */
  readonly answer: DebugAnswer | null
  readonly isGrowing: boolean
  readonly onEdit: () => void
  readonly onRegenerate: (() => void) | undefined
  readonly onDelete: () => void
}

/** A question and what came of it. */
export function TurnView({ turn, answer, isGrowing, onEdit, onRegenerate, onDelete }: TurnViewProps) {
  const t = useTranslations('debug.turn')
  return (
    <article aria-label={t('label', { question: turn.question.slice(0, 60) })} className="pb-5">
      <div className="flex items-center justify-between gap-2">
        <p className="text-meta font-medium text-ink-3">{t('you')}</p>
        <div className="no-print flex">
          <IconButton icon={Pencil} label={t('edit')} onClick={onEdit} />
          <CopyButton value={turn.question} name={t('question')} />
          <IconButton icon={Trash2} label={t('delete')} onClick={onDelete} />
        </div>
      </div>
      <p className="whitespace-pre-wrap pr-2 text-body text-ink [overflow-wrap:anywhere]">{turn.question}</p>
      <div className="mt-3 flex items-center justify-between gap-2 border-t border-line pt-2">
        <p translate="no" className="min-w-0 text-control font-medium text-ink-2 [overflow-wrap:anywhere]">
          {turn.model}
          {answer?.service ? (
            <span className="ml-2.5 text-meta font-normal text-ink-3">
              {t('via', { service: answer.service })}
            </span>
          ) : null}
        </p>
        {answer === null || isGrowing ? null : (
          <div className="no-print flex">
            {onRegenerate ? (
              <IconButton icon={RotateCcw} label={t('regenerate')} onClick={onRegenerate} />
            ) : null}
            {answer.text === '' ? null : <CopyButton value={answer.text} name={t('answer')} />}
          </div>
        )}
      </div>
      {answer === null ? null : <Answer answer={answer} isGrowing={isGrowing} />}
    </article>
  )
}

function Answer({ answer, isGrowing }: { readonly answer: DebugAnswer; readonly isGrowing: boolean }) {
  const t = useTranslations('debug.turn')
  const { text, reasoning, toolCalls, failure, error, isStopped, requestId } = answer
  return (
    <div className="mt-1 flex flex-col gap-2.5 pr-2">
      {reasoning === '' ? null : (
        <details open={isGrowing && text === ''} className="text-control text-ink-2">
          <summary className="w-fit cursor-pointer rounded-tag py-0.5 text-ink-3 hover:text-ink">
            {t('reasoning')}
          </summary>
          <p className="mt-1 whitespace-pre-wrap border-l-2 border-line pl-3 [overflow-wrap:anywhere]">
            {reasoning}
          </p>
        </details>
      )}
      {text === '' ? null : <AnswerText text={text} isGrowing={isGrowing} />}
      {toolCalls.map((call, index) => (
        <CodeBlock
          key={String(index)}
          code={call.arguments}
          language="json"
          name={t('toolCall', { name: call.name })}
        />
      ))}
      {failure === null ? null : <FailureNote failure={failure} requestId={requestId} />}
      {error === null ? null : (
        <Callout tone="bad" title={t('notCalled')}>
          {error}
        </Callout>
      )}
      {isStopped ? <p className="text-meta text-ink-3">{t('stopped')}</p> : null}
      {text === '' &&
      toolCalls.length === 0 &&
      failure === null &&
      error === null &&
      !isGrowing &&
      !isStopped ? (
        <p className="text-control text-ink-3">{t('nothing')}</p>
      ) : null}
    </div>
  )
}
