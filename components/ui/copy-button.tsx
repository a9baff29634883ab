'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { useCopy } from './use-copy.ts'

type CopyButtonProps = {
  /** What lands on the clipboard. A function is called at the press, for values that must be fetched. */
  readonly value: string | (() => string | Promise<string>)
  /** What it is, as said aloud: "Endpoint". */
  readonly name: string
  /** Shows a labelled button instead of an icon. */
  readonly labelled?: boolean
  readonly className?: string
}

export function CopyButton({ value, name, labelled = false, className }: CopyButtonProps) {
  const t = useTranslations('kit')
  const { copied, copy } = useCopy(name)
  const press = async () => copy(typeof value === 'string' ? value : await value())
  const icon = copied ? Check : Copy
  if (labelled) {
    return (
      <Button
        variant="quiet"
        size="sm"
        icon={icon}
        aria-label={t('copy.label', { name })}
        {...(className ? { className } : {})}
        onClick={() => void press()}
      >
        {t('copy.short')}
      </Button>
    )
  }
  return (
    <IconButton
      icon={icon}
      label={copied ? t('copy.done', { name }) : t('copy.label', { name })}
      {...(className ? { className } : {})}
      onClick={() => void press()}
    />
  )
}
