'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

const waitMs = 3_000

/** After a change of page, focus goes to its `h1`, as soon as there is one; so screen readers start there. */
export function RouteFocus() {
  const pathname = usePathname()
  const left = useRef(pathname)
  useEffect(() => {
    if (left.current === pathname) return
    left.current = pathname
    return focusHeading()
  }, [pathname])
  return null
}

function focusHeading(): (() => void) | undefined {
  const focus = () => {
    const heading = document.querySelector<HTMLElement>('main h1')
    heading?.focus({ preventScroll: true })
    return heading !== null
  }
  if (focus()) return undefined
  const observer = new MutationObserver(() => {
    if (focus()) observer.disconnect()
  })
  observer.observe(document.body, { childList: true, subtree: true })
  const timer = setTimeout(() => observer.disconnect(), waitMs)
  return () => {
    clearTimeout(timer)
    observer.disconnect()
  }
}
