'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useMemo, useState } from 'react'
import { IntlProvider } from 'use-intl'
import { Toaster } from '@/components/feedback/toaster.tsx'
import { SentenceProvider } from '@/components/form/issue-text.ts'
import { LiveRegion } from '@/components/shell/live-region.tsx'
import { createQueryClient } from '@/lib/client/create-query-client.ts'
import type { Locale } from '@/lib/client/preferences.ts'
import type { Messages } from '@/lib/messages/load-messages.ts'
import { translateSentence } from '@/lib/messages/sentences.ts'

type ProvidersProps = {
  readonly locale: Locale
  readonly timeZone: string
  readonly messages: Messages
  /** When the server drew the page, so that relative times agree in both places. */
  readonly now: string
  readonly nonce: string | undefined
  readonly children: ReactNode
}

export function Providers({ locale, timeZone, messages, now, nonce, children }: ProvidersProps) {
  const [queryClient] = useState(createQueryClient)
  const drawnAt = useMemo(() => new Date(now), [now])
  const sentences = useMemo(() => (text: string) => translateSentence(text, locale), [locale])
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <QueryClientProvider client={queryClient}>
        <IntlProvider locale={locale} messages={messages} timeZone={timeZone} now={drawnAt}>
          <SentenceProvider value={sentences}>
            <NuqsAdapter>
              <Tooltip.Provider delay={400}>
                <Toaster>{children}</Toaster>
              </Tooltip.Provider>
            </NuqsAdapter>
          </SentenceProvider>
          <LiveRegion />
        </IntlProvider>
      </QueryClientProvider>
    </CSPProvider>
  )
}
