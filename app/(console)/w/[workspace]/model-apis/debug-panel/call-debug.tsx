'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Button } from '@/components/ui/button.tsx'
import { plannedCurl, sentCurl, standardPlace } from '@/lib/client/debug-address.ts'
import { isUnderWay } from '@/lib/client/debug-caller.ts'
import { sampleModel } from '@/lib/client/model-api-call.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { ModelApiRoute } from '@/lib/domain/model-api-routes.ts'
import { useEveryService } from '../use-every-service.ts'
import { CallAnswer } from './call-answer.tsx'
import { CallSettings } from './call-settings.tsx'
import { CurlView } from './curl-view.tsx'
import { DebugLayout, type DebugPlace } from './debug-layout.tsx'
import { DebugViews, useDebugView } from './debug-views.tsx'
import { RawView } from './raw-view.tsx'
import { StatusLine } from './status-line.tsx'
import { type CallForm, callInput, callProblem, plannedInput, useCallForm } from './use-call-form.ts'
import { useCallPlaces } from './use-call-places.ts'
import { useDebugCall } from './use-debug-call.ts'
import { useDebugRefusal } from './use-debug-refusal.ts'
import { useGrantedConsumers } from './use-granted-consumers.ts'
import { useReplayedCall } from './use-replayed-call.ts'
import { useStopKey } from './use-stop-key.ts'

interface CallDebugProps {
  readonly api: ModelApi
  /** Those that are on. */
  readonly routes: readonly ModelApiRoute[]
  readonly place: DebugPlace
  readonly chats: boolean
  readonly choice?: ReactNode
}

/** One call of any route, with whatever body, and its answer. */
export function CallDebug({ api, routes, place, chats, choice }: CallDebugProps) {
  const services = useEveryService()
  const replayed = useReplayedCall(api)
  const editor = useCallForm(routes, sampleModel(api.routing, services), replayed.begun)
  const { form } = editor
  if (form === null || replayed.isLoading) return null
  return (
    <LoadedCall
      api={api}
      routes={routes}
      place={place}
      chats={chats}
      choice={choice}
      form={form}
      editor={editor}
      note={<ReplayNote {...replayed} />}
    />
  )
}

interface LoadedCallProps extends CallDebugProps {
  readonly form: CallForm
  readonly editor: ReturnType<typeof useCallForm>
  readonly note: ReactNode
}

/** What of a recorded request could not be taken over. */
function ReplayNote({
  isMissing,
  lacksBody,
}: Pick<ReturnType<typeof useReplayedCall>, 'isMissing' | 'lacksBody'>) {
  const t = useTranslations('debug.replay')
  if (!isMissing && !lacksBody) return null
  return <Callout tone="warn">{t(isMissing ? 'missing' : 'noBody')}</Callout>
}

function LoadedCall({ api, routes, place, chats, choice, form, editor, note }: LoadedCallProps) {
  const t = useTranslations('debug.call')
  const { caller, call } = useDebugCall(api.id)
  const places = useCallPlaces(api, form.domainId)
  const consumers = useGrantedConsumers(api, form.consumerId)
  const refused = useDebugRefusal()
  const [view, setView] = useDebugView()
  const underWay = isUnderWay(call)
  const stop = () => caller.stop()
  useStopKey(underWay, stop)
  const problem = callProblem(form)
  const refusal = refused ?? (problem === null ? undefined : t(`problems.${problem}`))
  const asked = { ...form, domainId: places.domainId, consumerId: consumers?.consumerId ?? null }
  const send = async () => {
    if (view === 'curl') void setView(null)
    await caller.start(await callInput(asked))
  }
  const { method, path } = form
  const { body = null } = plannedInput(asked)
  return (
    <DebugLayout
      place={place}
      choice={choice}
      settings={
        <div className="flex flex-col gap-[18px]">
          {note}
          <CallSettings
            api={api}
            routes={routes}
            form={form}
            editor={editor}
            places={places}
            consumers={consumers}
            chats={chats}
          />
        </div>
      }
    >
      <DebugViews
        count={call === null ? null : call.run.frames.length + call.run.framesLost}
        answer={<CallAnswer call={call} onStop={stop} />}
        curl={
          <CurlView
            planned={plannedCurl({
              api,
              domain: places.domain,
              method,
              path,
              body,
              keyPlace: consumers?.keyPlace ?? standardPlace,
            })}
            sent={call?.run.sent ? sentCurl(call.run.sent, call.input.body) : null}
            needsKey={api.plugins.authorization.enabled}
          />
        }
        raw={<RawView call={call} />}
      />
      <StatusLine api={api} call={call} />
      <div className="mb-5 flex items-center justify-end gap-3">
        {refusal === undefined ? null : <p className="min-w-0 flex-1 text-meta text-bad-text">{refusal}</p>}
        {underWay ? (
          <Button shortcut="esc" onClick={stop}>
            {t('stop')}
          </Button>
        ) : (
          <Button variant="primary" disabledReason={refusal} onClick={() => void send()}>
            {t('send')}
          </Button>
        )}
      </div>
    </DebugLayout>
  )
}
