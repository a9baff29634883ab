'use client'

import { CrashPage } from '@/components/page/crash-page.tsx'

type Props = { readonly error: Error & { digest?: string }; readonly reset: () => void }

export default function ErrorPage({ error, reset }: Props) {
  return (
    <main>
      <CrashPage error={error} retry={reset} />
    </main>
  )
}
