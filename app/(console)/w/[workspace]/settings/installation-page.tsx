'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Section } from '@/components/page/section.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { settingsQueries } from '@/lib/client/settings-queries.ts'
import type { Installation } from '@/lib/domain/installation.ts'
import { useWorkspace } from '../use-workspace.ts'
import { VersionedForm } from '../versioned-form.tsx'
import { ApiTokens } from './api-tokens.tsx'
import { PlaceForm } from './place-form.tsx'

export function InstallationPage() {
  const t = useTranslations('settings.installation')
  const { ownsInstallation } = useWorkspace()
  const { data, error, refetch, isPending } = useQuery({
    ...settingsQueries.detail(),
    enabled: ownsInstallation,
  })
  if (!ownsInstallation) return <EmptyState title={t('title')} text={t('notAllowed')} />
  if (error && !data)
    return <ErrorState title={t('loadFailed')} error={error} onRetry={() => void refetch()} />
  return (
    <Delayed loading={isPending} skeleton={<FieldsSkeleton fields={2} />}>
      {data ? (
        <>
          <VersionedForm latest={data}>{(edited) => <PlaceForm {...edited} />}</VersionedForm>
          <Section title={t('tokensTitle')} note={t('tokensNote')} className="border-t!">
            <ApiTokens workspace={null} roleMax="owner" />
          </Section>
          <About installation={data} />
        </>
      ) : null}
    </Delayed>
  )
}

function About({ installation }: { readonly installation: Installation }) {
  const t = useTranslations('settings.installation')
  return (
    <Section title={t('aboutTitle')}>
      <FactRows>
        <FactRow label={t('version')}>
          <MonoValue value={installation.programVersion} name={t('version')} />
        </FactRow>
        <FactRow label={t('database')}>{t(`databases.${installation.database}`)}</FactRow>
        <FactRow label={t('publicUrl')}>
          <MonoValue value={installation.publicUrl} name={t('publicUrl')} />
        </FactRow>
        <FactRow label={t('apiDescription')}>
          <a href="/api/openapi.json" className="font-mono text-accent-text hover:underline">
            /api/openapi.json
          </a>
        </FactRow>
      </FactRows>
    </Section>
  )
}
