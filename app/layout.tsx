import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { requestPreferences } from '@/lib/client/request-preferences.ts'
import { loadMessages } from '@/lib/messages/load-messages.ts'
import { Providers } from './providers.tsx'
import './globals.css'

const plexSans = localFont({
  src: '../node_modules/@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2',
  weight: '100 700',
  variable: '--font-plex-sans',
})

const plexMono = localFont({
  src: [
    {
      path: '../node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2',
      weight: '400',
    },
    {
      path: '../node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2',
      weight: '500',
    },
  ],
  variable: '--font-plex-mono',
  preload: false,
})

export const metadata: Metadata = { robots: { index: false, follow: false } }

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f8f5' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0f11' },
  ],
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const preferences = await requestPreferences()
  const messages = await loadMessages(preferences.locale)
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html
      lang={preferences.locale}
      data-theme={preferences.theme}
      data-density={preferences.density}
      className={`${plexSans.variable} ${plexMono.variable}`}
      // Browser extensions mark this element before React wakes up.
      suppressHydrationWarning
    >
      <body>
        <Providers
          locale={preferences.locale}
          timeZone={preferences.timeZone}
          messages={messages}
          now={new Date().toISOString()}
          nonce={nonce}
        >
          {children}
        </Providers>
      </body>
    </html>
  )
}
