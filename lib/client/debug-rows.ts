import type { DebugFrame } from './debug-run.ts'

/** A frame where it stands in its list, in pixels. */
export interface FrameRow {
  readonly frame: DebugFrame
  /** Among those that are listed, from 0. */
  readonly position: number
  readonly top: number
  readonly height: number
  readonly isOpen: boolean
}

interface Sight {
  /** How far the list is scrolled. */
  readonly top: number
  readonly height: number
}

const closedPx = 29
const openPx = 229
/** Above and below what is seen, so that scrolling shows no gaps. */
const marginPx = 400

/** The rows in sight and around it, and the height of all of them; `open` holds indexes of frames. */
export function rowsInSight(
  frames: readonly DebugFrame[],
  open: ReadonlySet<number>,
  sight: Sight,
): { readonly rows: readonly FrameRow[]; readonly height: number } {
  const rows: FrameRow[] = []
  const [from, to] = [sight.top - marginPx, sight.top + sight.height + marginPx]
  let top = 0
  for (const [position, frame] of frames.entries()) {
    const isOpen = open.has(frame.index)
    const height = isOpen ? openPx : closedPx
    if (top + height > from && top < to) rows.push({ frame, position, top, height, isOpen })
    top += height
  }
  return { rows, height: top }
}
