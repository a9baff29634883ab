'use client'

import { LazyDebugPanel } from '../../debug-panel/lazy-debug-panel.tsx'
import { useModelApi } from '../model-api-context.ts'

/** The Debug panel as a tab of its API. */
export function DebugPage() {
  return <LazyDebugPanel api={useModelApi()} place="page" />
}
