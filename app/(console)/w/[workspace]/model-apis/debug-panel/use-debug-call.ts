'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { type DebugCall, DebugCaller } from '@/lib/client/debug-caller.ts'
import { debugEvents } from '@/lib/client/debug-stream.ts'
import { useWorkspace } from '../../use-workspace.ts'

interface DebugCalls {
  readonly caller: DebugCaller
  /** The latest; null: none yet. */
  readonly call: DebugCall | null
}

/** Calls of one API. Leaving the panel stops the one that is under way. */
export function useDebugCall(modelApiId: string): DebugCalls {
  const { workspace } = useWorkspace()
  const [caller] = useState(
    () => new DebugCaller((input, signal) => debugEvents(workspace, modelApiId, input, signal)),
  )
  const call = useSyncExternalStore(caller.subscribe, caller.current)
  useEffect(() => () => caller.stop(), [caller])
  return { caller, call }
}
