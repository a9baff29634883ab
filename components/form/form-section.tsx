import type { ReactNode } from 'react'
import { Section } from '@/components/page/section.tsx'

type FormSectionProps = {
  readonly title: ReactNode
  /** At most one sentence, in the margin. */
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** A part of a form: its title in the margin, its fields 18 px apart. */
export function FormSection({ title, note, children }: FormSectionProps) {
  return (
    <Section title={title} note={note}>
      <div className="flex flex-col gap-[18px]">{children}</div>
    </Section>
  )
}
