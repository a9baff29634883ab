import { setImmediate as nextTurn } from 'node:timers/promises'

/** Long work in small steps: whatever yields between them can be run in one go or in slices. */
export type Steps<Result> = Generator<undefined, Result, undefined>

/** Short enough that a request which waits for a slice does not notice, long enough that turns are no cost. */
const sliceMsDefault = 2

export function runAtOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

export interface SliceOptions {
  readonly sliceMs?: number
  readonly afterSlice?: () => void
}

/**
 * Lets everything else of the process have its turn after each slice. The first slice runs before this returns. What
 * runs in slices at the same time shares the slice of a turn.
 */
export async function runInSlices<Result>(
  steps: Steps<Result>,
  { sliceMs = sliceMsDefault, afterSlice }: SliceOptions = {},
): Promise<Result> {
  for (;;) {
    const end = endOfSlice(sliceMs)
    do {
      const step = steps.next()
      if (step.done === true) return step.value
    } while (performance.now() < end)
    afterSlice?.()
    await nextTurn()
  }
}

let sliceOfTurnEnd: number | null = null

function endOfSlice(sliceMs: number): number {
  if (sliceOfTurnEnd !== null) return sliceOfTurnEnd
  sliceOfTurnEnd = performance.now() + sliceMs
  // Asked for before whoever continues in the next turn, so it is heard before them.
  setImmediate(() => {
    sliceOfTurnEnd = null
  })
  return sliceOfTurnEnd
}
