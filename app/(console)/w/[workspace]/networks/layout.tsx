import type { ReactNode } from 'react'
import { NetworksFrame } from './networks-frame.tsx'

export default function Layout({ children }: { readonly children: ReactNode }) {
  return <NetworksFrame>{children}</NetworksFrame>
}
