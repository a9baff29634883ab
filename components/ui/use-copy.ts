'use client'

import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { announce } from './announce.ts'
import { copyText } from './copy-text.ts'

const confirmationMs = 1_500

/** `copied` is true for 1.5 s after a copy; the outcome is announced with the thing's name. */
export function useCopy(name: string) {
  const t = useTranslations('kit')
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const copy = async (text: string) => {
    const done = await copyText(text)
    announce(done ? t('copy.done', { name }) : t('copy.failed', { name }))
    if (!done) return
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), confirmationMs)
  }
  return { copied, copy }
}
