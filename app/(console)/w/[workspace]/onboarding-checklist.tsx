'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { StatusGlyph } from '@/components/feedback/status-glyph.tsx'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { Section } from '@/components/page/section.tsx'
import { Button } from '@/components/ui/button.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useUpdateWorkspace, workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import type { Overview } from '@/lib/domain/overview.ts'
import { useWorkspace } from './use-workspace.ts'

type Step = Overview['onboarding']['steps'][number]

interface OnboardingChecklistProps {
  readonly workspace: string
  readonly steps: readonly Step[]
  /** The list is the page: nothing else exists yet. */
  readonly first?: boolean
}

/** Ticks itself from data; each line leads to the control that does it. */
export function OnboardingChecklist({ workspace, steps, first = false }: OnboardingChecklistProps) {
  const t = useTranslations('overview.onboarding')
  const next = steps.find((step) => !step.done)?.id
  const done = steps.filter((step) => step.done).length
  return (
    <Section title={t('title')} note={first ? t('intro') : t('progress', { done, total: steps.length })}>
      <ol className="border-t border-line">
        {steps.map((step) => (
          <ChecklistStep key={step.id} workspace={workspace} step={step} current={step.id === next} />
        ))}
      </ol>
      <DismissButton />
    </Section>
  )
}

interface ChecklistStepProps {
  readonly workspace: string
  readonly step: Step
  readonly current: boolean
}

function ChecklistStep({ workspace, step, current }: ChecklistStepProps) {
  const t = useTranslations('overview.onboarding')
  return (
    <li className="flex gap-3 border-b border-line py-3">
      <StatusGlyph tone={step.done ? 'ok' : 'pending'} className="mt-[5px]" />
      <div className="min-w-0">
        <span className="sr-only">{step.done ? t('done') : t('open')}: </span>
        <TextLink
          plain
          href={stepHref(workspace, step.id)}
          className={step.done ? 'text-body text-ink-3 line-through' : 'text-body font-medium'}
        >
          {t(`steps.${step.id}.title`)}
        </TextLink>
        {current ? <p className="mt-0.5 text-control text-ink-3">{t(`steps.${step.id}.help`)}</p> : null}
      </div>
    </li>
  )
}

function stepHref(workspace: string, id: Step['id']): string {
  if (id === 'register-service') return `/w/${workspace}/inference-services/new`
  if (id === 'call-service') return `/w/${workspace}/inference-services`
  return `/w/${workspace}/members?invite=true`
}

function DismissButton() {
  const t = useTranslations('overview.onboarding')
  const { workspace, may } = useWorkspace()
  const { data } = useQuery(workspaceQueries.detail(workspace))
  const update = useUpdateWorkspace(workspace)
  if (!data || !may('workspace.write')) return null
  const dismiss = async () => {
    try {
      const hidden = await update.mutateAsync({ onboardingDismissed: true, version: data.version })
      toast(t('dismissed'), {
        undo: () => update.mutate({ onboardingDismissed: false, version: hidden.version }),
      })
    } catch {
      toastFailure(t('dismissFailed'))
    }
  }
  return (
    <Button
      variant="quiet"
      size="sm"
      className="mt-3 -ml-2.5"
      loading={update.isPending}
      onClick={() => void dismiss()}
    >
      {t('dismiss')}
    </Button>
  )
}
