'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'

const nearPx = 40

/** Keeps the end of a growing view in sight while the reader is there; scrolling up detaches. */
export function useStickToEnd(view: RefObject<HTMLElement | null>) {
  const [sticks, setSticks] = useState(true)
  const toEnd = () => {
    const element = view.current
    if (element) element.scrollTop = element.scrollHeight
  }
  // After every rendering: each of them may have made the view longer.
  useLayoutEffect(() => {
    if (sticks) toEnd()
  })
  return {
    sticks,
    onScroll: () => {
      const element = view.current
      if (element) {
        setSticks(element.scrollHeight - element.scrollTop - element.clientHeight <= nearPx)
      }
    },
    toEnd: () => {
      setSticks(true)
      toEnd()
    },
  }
}
