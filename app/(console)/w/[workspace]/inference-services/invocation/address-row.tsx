'use client'

import type { ReactNode } from 'react'
import { FactRow } from '@/components/page/facts.tsx'
import { CopyButton } from '@/components/ui/copy-button.tsx'

type AddressRowProps = {
  readonly label: string
  readonly value: string
  readonly children?: ReactNode
}

/** One address to copy. */
export function AddressRow({ label, value, children }: AddressRowProps) {
  return (
    <FactRow label={label} actions={<CopyButton value={value} name={label} />}>
      <span className="select-all break-all font-mono">{value}</span>
      {children}
    </FactRow>
  )
}
