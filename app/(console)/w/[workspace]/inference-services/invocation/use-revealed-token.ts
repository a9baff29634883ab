'use client'

import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { toastFailure } from '@/components/feedback/toast.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { useRevealServiceTokens } from '@/lib/client/service-tokens-queries.ts'

const shownMs = 30_000

/** Fetches one revealed token at each call; nothing keeps it. Rejects after saying why. */
export function useRevealToken(workspace: string, service: string) {
  const t = useTranslations('invocation')
  const { mutateAsync } = useRevealServiceTokens(workspace, service)
  return useCallback(
    async (id: string): Promise<string> => {
      try {
        const tokens = await mutateAsync()
        const found = tokens.find((token) => token.id === id)?.token
        if (found) return found
        throw new Error('The token is gone.')
      } catch (error) {
        const requestId = error instanceof ConsoleApiError ? error.requestId : null
        toastFailure(t('revealFailed'), requestId ? { requestId } : {})
        throw error
      }
    },
    [mutateAsync, t],
  )
}

/** A token inside a snippet: gone again after 30 s, and when the window loses focus. */
export function useShownToken(reveal: () => Promise<string>) {
  const [token, setToken] = useState<string | null>(null)
  useEffect(() => {
    if (token === null) return
    const hide = () => setToken(null)
    const timer = setTimeout(hide, shownMs)
    window.addEventListener('blur', hide)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('blur', hide)
    }
  }, [token])
  return {
    token,
    // The reveal has already said why it failed.
    show: () => void reveal().then(setToken, () => {}),
    hide: () => setToken(null),
  }
}
