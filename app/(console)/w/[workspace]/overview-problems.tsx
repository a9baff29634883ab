'use client'

import { useTranslations } from 'use-intl'
import { ProblemList } from '@/components/page/problem-list.tsx'
import { Section } from '@/components/page/section.tsx'
import { Time } from '@/components/ui/time.tsx'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { OpenProblem, Overview } from '@/lib/domain/overview.ts'
import { useCauseText } from './inference-services/service-status.tsx'

interface OverviewProblemsProps {
  readonly workspace: string
  readonly overview: Overview
}

export function OverviewProblems({ workspace, overview }: OverviewProblemsProps) {
  const t = useTranslations('overview.problems')
  const shared = useTranslations('gateways.names')('shared')
  const problems = overview.problems.map((problem) => ({
    id: `${problem.kind} ${problem.object.id} ${problem.detail}`,
    tone: problem.severity === 'critical' ? ('bad' as const) : ('warn' as const),
    title: t(`kinds.${problem.kind}`, {
      name: problem.object.id === sharedGatewayId ? shared : problem.object.name,
    }),
    detail: <ProblemDetail problem={problem} />,
    href: fixHref(workspace, problem),
    action: t(`fixes.${problem.kind}`),
  }))
  return (
    <Section
      title={t('title')}
      note={t.rich('note', { time: () => <Time value={overview.checkedAt} className="text-ink-3" /> })}
    >
      <ProblemList problems={problems} none={t('none')} />
    </Section>
  )
}

function ProblemDetail({ problem }: { readonly problem: OpenProblem }) {
  const t = useTranslations('overview.problems')
  const cause = useCauseText()
  const { detail, since } = problem
  return (
    <span className="[overflow-wrap:anywhere]">
      {cause(detail)}
      {since === null ? null : (
        <>
          {detail === '' ? null : ' · '}
          {t.rich('since', { time: () => <Time value={since} /> })}
        </>
      )}
    </span>
  )
}

/** Where the thing that has to be repaired is shown. */
function fixHref(workspace: string, { kind, object }: OpenProblem): string {
  const base = `/w/${workspace}`
  const id = encodeURIComponent(object.id)
  switch (kind) {
    case 'service-failed':
    case 'service-degraded':
      return `${base}/inference-services/${id}`
    case 'snapshot-refused':
      return `${base}/gateways/${id}/revisions`
    case 'node-lost':
    case 'no-node':
    case 'revision-refused':
      return `${base}/gateways/${id}/nodes`
  }
}
