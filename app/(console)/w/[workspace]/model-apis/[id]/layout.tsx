import type { ReactNode } from 'react'
import { ModelApiFrame } from './model-api-frame.tsx'

interface Props {
  readonly params: Promise<{ readonly id: string }>
  readonly children: ReactNode
}

export default async function Layout({ params, children }: Props) {
  const { id } = await params
  return <ModelApiFrame id={decodeURIComponent(id)}>{children}</ModelApiFrame>
}
