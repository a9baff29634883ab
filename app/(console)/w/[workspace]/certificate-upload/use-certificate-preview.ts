'use client'

import { useEffect, useRef, useState } from 'react'
import { usePreviewCertificate } from '@/lib/client/certificates-queries.ts'
import type { CertificatePreview } from '@/lib/domain/certificate.ts'
import { useWorkspace } from '../use-workspace.ts'

interface Written {
  readonly chain: string
  readonly key: string
  readonly passphrase: string
}

const pauseMs = 400

/** What the upload would be, asked once typing pauses. Null while there is nothing to look at. */
export function useCertificatePreview(
  { chain, key, passphrase }: Written,
  onFacts?: (facts: NonNullable<CertificatePreview['facts']>) => void,
) {
  const { workspace } = useWorkspace()
  const { mutateAsync } = usePreviewCertificate(workspace)
  const [preview, setPreview] = useState<CertificatePreview | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const latest = useRef({ mutateAsync, onFacts })
  latest.current = { mutateAsync, onFacts }
  useEffect(() => {
    if (chain.trim() === '') {
      setPreview(null)
      return
    }
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const input = { chain, key: key.trim() || null, passphrase: passphrase || null }
        const answer = await latest.current.mutateAsync({ ...input, signal: abort.signal })
        if (abort.signal.aborted) return
        setPreview(answer)
        setFailure(null)
        if (answer.facts !== null) latest.current.onFacts?.(answer.facts)
      } catch (error) {
        if (abort.signal.aborted) return
        setPreview(null)
        setFailure(error)
      }
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [chain, key, passphrase])
  return { preview, failure }
}
