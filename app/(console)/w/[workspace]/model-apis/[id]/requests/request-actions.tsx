'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { useCopy } from '@/components/ui/use-copy.ts'
import { recordedCall, recordedCurl } from '@/lib/client/recorded-call.ts'
import { requestCurl } from '@/lib/client/snippets/request-curl.ts'
import type { RequestDetail } from '@/lib/domain/request-record.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useDebugRefusal } from '../../debug-panel/use-debug-refusal.ts'
import { replayHref } from '../../model-api-href.ts'
import { useModelApi } from '../model-api-context.ts'

/** The same request once more: by the reader's shell, or by the Debug panel. */
export function RequestActions({ request }: { readonly request: RequestDetail }) {
  const t = useTranslations('requests.actions')
  const api = useModelApi()
  const router = useRouter()
  const { workspace } = useWorkspace()
  const { copied, copy } = useCopy(t('curl'))
  const debugRefusal = useDebugRefusal()
  const call = recordedCall(api, request)
  const curl = call && recordedCurl(api, call)
  const noCurl =
    call === null
      ? t('noRoute')
      : call.body.state === 'absent' || call.body.state === 'cut' || call.body.state === 'not-text'
        ? t(`body.${call.body.state}`)
        : t('noAddress')
  return (
    <>
      <Button
        onClick={() => curl !== null && void copy(requestCurl(curl))}
        {...(curl === null && { disabledReason: noCurl })}
      >
        {t(copied ? 'copied' : 'copyCurl')}
      </Button>
      <Button
        onClick={() => router.push(replayHref(workspace, api.id, request.id))}
        disabledReason={debugRefusal ?? (call === null ? t('noRoute') : undefined)}
      >
        {t('debug')}
      </Button>
    </>
  )
}
