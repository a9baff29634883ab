'use client'

import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { PageBody } from './page-body.tsx'
import { PageHeader } from './page-header.tsx'

type MissingPageProps = {
  readonly title: string
  readonly text: ReactNode
  /** Ways out, best first. */
  readonly links: ReadonlyArray<{ readonly href: string; readonly label: string }>
}

/** The content area when there is nothing to show here: not found, or not for this role. */
export function MissingPage({ title, text, links }: MissingPageProps) {
  return (
    <PageBody layout="detail">
      <PageHeader title={title} />
      <p className="max-w-[68ch] text-body text-ink-2">{text}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        {links.map((link) => (
          <ButtonLink key={link.href} href={link.href}>
            {link.label}
          </ButtonLink>
        ))}
      </div>
    </PageBody>
  )
}
