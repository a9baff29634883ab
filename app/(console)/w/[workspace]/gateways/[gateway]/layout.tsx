import type { ReactNode } from 'react'
import { GatewayFrame } from './gateway-frame.tsx'

interface Props {
  readonly params: Promise<{ readonly gateway: string }>
  readonly children: ReactNode
}

export default async function Layout({ params, children }: Props) {
  const { gateway } = await params
  return <GatewayFrame gateway={decodeURIComponent(gateway)}>{children}</GatewayFrame>
}
