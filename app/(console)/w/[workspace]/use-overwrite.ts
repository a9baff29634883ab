'use client'

import { useRef } from 'react'
import { FormHeld } from './form-held.ts'

/** Someone else's change may appear in the moment in which Save is pressed: only a press of Overwrite is meant for it. */
export function useOverwrite(isBehind: boolean) {
  const isMeant = useRef(false)
  return {
    onOverwrite: () => {
      isMeant.current = true
    },
    /** Throws `FormHeld` where a save would write over what nobody said it should. */
    requireMeant: () => {
      if (isBehind && !isMeant.current) throw new FormHeld()
      isMeant.current = false
    },
  }
}
