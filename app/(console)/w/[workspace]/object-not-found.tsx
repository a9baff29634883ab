'use client'

import { PageTitle } from '@/components/shell/page-title.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'

interface ObjectNotFoundProps {
  /** "No gateway with this ID in acme-prod." */
  readonly title: string
  readonly href: string
  readonly link: string
}

/** An address inside a known section that leads to nothing: the shell stays, and the list is one press away. */
export function ObjectNotFound({ title, href, link }: ObjectNotFoundProps) {
  return (
    <div className="py-10">
      <PageTitle>{title}</PageTitle>
      <h1 tabIndex={-1} className="text-h1 outline-none">
        {title}
      </h1>
      <ButtonLink href={href} className="mt-4">
        {link}
      </ButtonLink>
    </div>
  )
}
