'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Button } from '@/components/ui/button.tsx'

type FormRemarkProps = {
  readonly sourceName: string | undefined
  readonly restored: boolean
  readonly onDiscard: () => void
}

/** Where the values in the form come from, when it is not a blank one. */
export function FormRemark({ sourceName, restored, onDiscard }: FormRemarkProps) {
  const t = useTranslations('inference-services.form')
  if (restored) {
    return (
      <Callout
        tone="info"
        action={
          <Button size="sm" onClick={onDiscard}>
            {t('draftDiscard')}
          </Button>
        }
      >
        {t('draftRestored')}
      </Callout>
    )
  }
  return sourceName ? <Callout tone="info">{t('duplicateNote', { name: sourceName })}</Callout> : null
}
