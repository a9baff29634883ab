'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { useCopy } from '@/components/ui/use-copy.ts'

interface CopyTextButtonProps {
  readonly label: string
  /** What it is, as said aloud after copying. */
  readonly name: string
  readonly text: () => string
}

/** Copies what is not on the screen itself, and so says what it copies. */
export function CopyTextButton({ label, name, text }: CopyTextButtonProps) {
  const t = useTranslations('kit')
  const { copied, copy } = useCopy(name)
  return (
    <Button size="sm" icon={copied ? Check : Copy} onClick={() => void copy(text())}>
      {copied ? t('copy.done', { name }) : label}
    </Button>
  )
}
