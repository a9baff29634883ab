'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryStates } from 'nuqs'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/page/error-state.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { modelApiHref } from '../model-api-href.ts'
import { LazyDebugPanel } from './lazy-debug-panel.tsx'

/** The Debug panel over the list: `?debug=<id or name>`. */
export function DebugDrawer() {
  const t = useTranslations('debug')
  const apis = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const [{ debug }, setState] = useQueryStates(
    { debug: parseAsString, view: parseAsString, mode: parseAsString },
    { history: 'push' },
  )
  const { data, error, refetch } = useQuery({
    ...modelApiQueries.detail(workspace, debug ?? ''),
    enabled: debug !== null,
  })
  return (
    <Drawer
      open={debug !== null}
      onOpenChange={(open) => {
        if (!open) void setState({ debug: null, view: null, mode: null })
      }}
      width={960}
      title={data === undefined ? t('title') : t('titleOf', { name: data.name })}
      description={
        data === undefined ? undefined : (
          <TextLink href={modelApiHref(workspace, data.id, 'debug')}>{t('openPage')}</TextLink>
        )
      }
    >
      {data ? <LazyDebugPanel api={data} place="drawer" /> : null}
      {error && !data ? (
        <ErrorState title={apis('formFailed')} error={error} onRetry={() => void refetch()} />
      ) : null}
    </Drawer>
  )
}
