'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { problemOf } from '@/components/form/form-problem.ts'
import { useCheckMove, useMoveService } from '@/lib/client/inference-services-queries.ts'
import { workspaceKey } from '@/lib/client/workspace-keys.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { MoveServicesResult } from '@/lib/domain/service-move.ts'

export type MoveState = MoveServicesResult['items'][number]['outcome'] | 'waiting' | 'moving' | 'checking'

export interface MoveRow {
  readonly state: MoveState
  /** What is in the way. */
  readonly reasons: readonly string[]
}

export type MovePhase = 'choose' | 'review' | 'moving' | 'done'

const checking: MoveRow = { state: 'checking', reasons: [] }

/** Chosen gateway → a check of each service → review → one service after the other, each by itself. */
export function useServiceMove(workspace: string, services: readonly InferenceService[]) {
  const queryClient = useQueryClient()
  const check = useCheckMove(workspace)
  const { mutateAsync: moveOne } = useMoveService(workspace)
  const [gatewayId, setGatewayId] = useState<string | null>(null)
  const [rows, setRows] = useState<ReadonlyMap<string, MoveRow>>(new Map())
  const [phase, setPhase] = useState<MovePhase>('choose')
  const [reviewed, setReviewed] = useState<readonly InferenceService[]>([])
  const newest = useRef<string | null>(null)
  const setRow = (id: string, row: MoveRow) => setRows((now) => new Map(now).set(id, row))

  const choose = (next: string | null) => {
    newest.current = next
    setGatewayId(next)
    setRows(new Map())
    if (next === null) return
    check.mutate(
      { gatewayId: next, serviceIds: services.map(({ id }) => id) },
      {
        onSuccess: ({ items }) => {
          if (newest.current !== next) return
          setRows(new Map(items.map((item) => [item.id, rowOf(item)])))
        },
      },
    )
  }

  const movable = services.filter(({ id }) => rows.get(id)?.state === 'movable')
  const review = () => {
    setReviewed(movable)
    setPhase('review')
  }

  const move = async () => {
    if (gatewayId === null) return
    setPhase('moving')
    for (const { id } of reviewed) setRow(id, { state: 'waiting', reasons: [] })
    for (const { id } of reviewed) {
      setRow(id, { state: 'moving', reasons: [] })
      setRow(id, await moveOne({ id, gatewayId }).then(rowOf, refusalOf))
    }
    setPhase('done')
    await queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) })
  }

  return {
    gatewayId,
    choose,
    phase,
    review,
    back: () => setPhase('choose'),
    move,
    /** What can move; from the review on, what was reviewed. */
    movable: phase === 'choose' ? movable : reviewed,
    rowOf: (id: string) => (gatewayId === null ? undefined : (rows.get(id) ?? checking)),
    moved: services.filter(({ id }) => rows.get(id)?.state === 'moved').length,
    error: check.error,
  }
}

function rowOf(item: MoveServicesResult['items'][number] | undefined): MoveRow {
  if (item === undefined) return { state: 'refused', reasons: [] }
  return { state: item.outcome, reasons: item.complaints.map(({ message }) => message) }
}

function refusalOf(error: unknown): MoveRow {
  const detail = problemOf(error)?.detail
  return { state: 'refused', reasons: detail === undefined ? [] : [detail] }
}
