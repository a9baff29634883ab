import type { ReactNode } from 'react'
import { requestPreferences } from '@/lib/client/request-preferences.ts'
import { AuthFrame } from './auth-frame.tsx'

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const { locale, theme } = await requestPreferences()
  return (
    <AuthFrame locale={locale} theme={theme}>
      {children}
    </AuthFrame>
  )
}
