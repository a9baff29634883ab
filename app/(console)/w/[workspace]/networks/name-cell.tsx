'use client'

import { TextLink } from '@/components/ui/text-link.tsx'

interface NameCellProps {
  readonly object: { readonly id: string; readonly name: string }
  readonly href: string
}

export function NameCell({ object, href }: NameCellProps) {
  return (
    <>
      <TextLink plain href={href} translate="no" className="font-medium text-ink">
        {object.name}
      </TextLink>
      <span className="block font-mono text-meta text-ink-3">{object.id}</span>
    </>
  )
}
