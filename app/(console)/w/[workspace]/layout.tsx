import type { ReactNode } from 'react'
import { WorkspaceFrame } from './workspace-frame.tsx'

interface Props {
  readonly params: Promise<{ readonly workspace: string }>
  readonly children: ReactNode
}

export default async function Layout({ params, children }: Props) {
  const { workspace } = await params
  return <WorkspaceFrame workspace={decodeURIComponent(workspace)}>{children}</WorkspaceFrame>
}
