import type { ProcessPlan } from './process-plan.ts'
import { programFile, programRoot } from './program.ts'

export interface NodeSettings {
  /** This host's own node id: the base of all others here. */
  readonly hostId: string
  readonly env: NodeJS.ProcessEnv
  /** The program; tests have their own bundle of it. */
  readonly file?: string
}

export interface PlannedNode {
  readonly gatewayId: string
  /** What the terminal calls it. */
  readonly name: string
  /** From 0. The first one speaks for its gateway where only one may. */
  readonly slot: number
  /** Of old space; null: as much as Node gives. */
  readonly memoryMb: number | null
}

export function planNode({ hostId, env, file }: NodeSettings, node: PlannedNode): ProcessPlan {
  const slot = slotName(hostId, node.gatewayId, node.slot)
  return {
    name: node.name,
    file: file ?? programFile('gateway-node'),
    // Lets a node keep the collector's pauses short while it builds a snapshot of thousands of services.
    nodeOptions: [
      '--expose-gc',
      ...(node.memoryMb === null ? [] : [`--max-old-space-size=${node.memoryMb}`]),
    ],
    arguments: (generation) => [
      ...['--gateway', node.gatewayId, '--node', generation === 1 ? slot : `${slot}~${generation}`],
      ...['--slot', slot, '--listeners', 'ipc'],
      ...(node.slot === 0 ? ['--registrar'] : []),
    ],
    env,
    cwd: programRoot,
  }
}

/**
 * Node `x` is followed by `x-2`, `x-3`, …; a process that relieves one that still finishes is `x~2` until the next
 * reload. Those of a dedicated gateway have the end of its id in theirs.
 */
function slotName(hostId: string, gatewayId: string, slot: number): string {
  const base = gatewayId === 'shared' ? hostId : `${hostId}-${gatewayId.slice(-10)}`
  return slot === 0 ? base : `${base}-${slot + 1}`
}
