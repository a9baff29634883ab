import type { ReactNode } from 'react'
import { requestPreferences } from '@/lib/client/request-preferences.ts'
import { ConsoleShell } from './console-shell.tsx'

export default async function Layout({ children }: { readonly children: ReactNode }) {
  return <ConsoleShell preferences={await requestPreferences()}>{children}</ConsoleShell>
}
