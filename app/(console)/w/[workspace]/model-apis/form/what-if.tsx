'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { requestQueries } from '@/lib/client/requests-queries.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { localIntents } from '@/lib/domain/model-routing.ts'
import type { WhatIfMove, WhatIfPlace, WhatIfResult } from '@/lib/domain/what-if.ts'
import { useWorkspace } from '../../use-workspace.ts'

interface WhatIfProps {
  readonly api: Pick<ModelApi, 'id' | 'routing'>
  readonly routing: ModelApi['routing']
}

/** Before a changed routing is saved: where the last requests would have gone. */
export function WhatIf({ api, routing }: WhatIfProps) {
  const isChanged = JSON.stringify(api.routing) !== JSON.stringify(routing)
  return isChanged ? <Replay api={api} routing={routing} /> : null
}

function Replay({ api, routing }: WhatIfProps) {
  const t = useTranslations('requests.whatIf')
  const { workspace } = useWorkspace()
  const { data, error } = useQuery(requestQueries.whatIf(workspace, api.id, routing))
  return (
    <section aria-label={t('title')} className="mt-6">
      <h3 className="mb-2 text-control font-semibold text-ink">{t('title')}</h3>
      {error ? <FailureText error={error} /> : null}
      {data ? <Result result={data} /> : null}
      {!data && !error ? <p className="text-control text-ink-3">{t('running')}</p> : null}
    </section>
  )
}

function Result({ result }: { readonly result: WhatIfResult }) {
  const t = useTranslations('requests.whatIf')
  const countText = useCountText()
  const { requests, moved, refused, unknown, since, moves, isEstimate } = result
  if (requests === 0) return <p className="text-control text-ink-2">{t('none')}</p>
  return (
    <div className="flex flex-col gap-3">
      <p className="text-control text-ink">
        {moved === 0 ? t('unmoved', { requests }) : t('moved', { moved: countText(moved), requests })}{' '}
        {since === null ? null : (
          <span className="text-ink-3">{t.rich('since', { time: () => <Time value={since} /> })}</span>
        )}
      </p>
      {refused === 0 ? null : (
        <Callout tone="warn">{t('refusedNote', { refused: countText(refused) })}</Callout>
      )}
      {moves.length === 0 ? null : <Moves moves={moves} />}
      {unknown === 0 ? null : <p className="text-meta text-ink-3">{t('unknown', { unknown })}</p>}
      {isEstimate ? <p className="text-meta text-ink-3">{t('estimate')}</p> : null}
    </div>
  )
}

function Moves({ moves }: { readonly moves: readonly WhatIfMove[] }) {
  const t = useTranslations('requests.whatIf')
  const countText = useCountText()
  return (
    <ul className="divide-y divide-line border-y border-line">
      {moves.map((move) => (
        <li key={`${placeKey(move.from)} ${placeKey(move.to)}`} className="flex gap-4 py-2 text-control">
          <span className="tnum min-w-12 shrink-0 text-end font-medium">{countText(move.requests)}</span>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <Place place={move.from} />{' '}
            <span aria-hidden="true" className="mx-1.5 text-ink-3">
              →
            </span>
            <span className="sr-only">{t('to')}</span>
            <Place place={move.to} />
            <Examples move={move} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Place({ place }: { readonly place: WhatIfPlace | null }) {
  const t = useTranslations('requests.whatIf')
  if (place === null) return <span className="text-warn-text">{t('refused')}</span>
  return (
    <span translate="no">
      {place.service.name}
      {place.model === null ? null : (
        <>
          {' · '}
          <span className="font-mono text-ink-2">{place.model}</span>
        </>
      )}
    </span>
  )
}

/** What such requests were: their models, their sizes and what they asked for. */
function Examples({ move: { examples } }: { readonly move: WhatIfMove }) {
  const t = useTranslations('requests.whatIf')
  const names = useTranslations('model-apis.intents')
  const intentName = (label: string) => {
    const local = localIntents.find((known) => known === label)
    return local === undefined ? label : names(local)
  }
  const texts = examples.map(({ model, promptCharacters, intent }) =>
    [
      model,
      promptCharacters === null ? null : t('characters', { count: promptCharacters }),
      intent === null ? null : intent.label === null ? t('unclear') : intentName(intent.label),
    ]
      .filter((part) => part !== null)
      .join(', '),
  )
  const shown = [...new Set(texts)].filter((text) => text !== '')
  if (shown.length === 0) return null
  return <span className="block text-meta text-ink-3">{t('examples', { list: shown.join(' · ') })}</span>
}

/** Shares make parts of requests. */
function useCountText(): (count: number) => string {
  const t = useTranslations('requests.whatIf')
  const format = useFormat()
  return (count) => {
    const whole = Math.max(Math.round(count), 1)
    return Number.isInteger(count) ? format.number(count) : t('about', { count: whole })
  }
}

function placeKey(place: WhatIfPlace | null): string {
  return place === null ? '' : `${place.service.id} ${place.model ?? ''}`
}
