import type { ReactNode } from 'react'

interface DrawerPartProps {
  readonly title: ReactNode
  readonly children: ReactNode
}

/** A titled part of a drawer, under a hairline. */
export function DrawerPart({ title, children }: DrawerPartProps) {
  return (
    <section className="mt-6 border-t border-line pt-5">
      <h3 className="mb-2 text-h2 text-ink">{title}</h3>
      {children}
    </section>
  )
}
