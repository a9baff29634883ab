'use client'

import { type KeyboardEvent, type Ref, useId } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'

interface ComposerProps {
  readonly ref: Ref<HTMLTextAreaElement>
  readonly draft: string
  readonly onDraft: (draft: string) => void
  readonly underWay: boolean
  /** Why nothing can be sent. */
  readonly refusal: string | undefined
  readonly onSend: () => void
  readonly onStop: () => void
}

/** Enter sends, Shift and Enter break the line; an input method keeps its Enter for itself. */
export function Composer({ ref, draft, onDraft, underWay, refusal, onSend, onStop }: ComposerProps) {
  const t = useTranslations('debug.composer')
  const id = useId()
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const composes = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key !== 'Enter' || event.shiftKey || composes) return
    event.preventDefault()
    if (!underWay) onSend()
  }
  return (
    <div className="mb-5 rounded-box border border-line-control bg-surface focus-within:border-accent focus-within:shadow-[inset_0_0_0_1px_var(--accent)]">
      <label htmlFor={id} className="sr-only">
        {t('label')}
      </label>
      <textarea
        ref={ref}
        id={id}
        rows={2}
        value={draft}
        placeholder={t('placeholder')}
        aria-describedby={refusal === undefined ? undefined : `${id}-refusal`}
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={press}
        className="block max-h-[200px] w-full resize-none bg-transparent px-3 pt-2.5 text-body text-ink outline-none [field-sizing:content]"
      />
      <div className="flex items-center justify-end gap-3 p-2">
        {refusal === undefined ? null : (
          <p id={`${id}-refusal`} className="min-w-0 flex-1 pl-1 text-meta text-bad-text">
            {refusal}
          </p>
        )}
        {underWay ? (
          <Button shortcut="esc" onClick={onStop}>
            {t('stop')}
          </Button>
        ) : (
          <Button
            variant="primary"
            shortcut="enter"
            disabledReason={refusal ?? (draft.trim() === '' ? t('empty') : undefined)}
            onClick={onSend}
          >
            {t('send')}
          </Button>
        )}
      </div>
    </div>
  )
}
