'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '@/components/page/skeleton.tsx'

/** In a chunk of its own, and in the browser alone: what a tab remembers is only there. */
export const LazyDebugPanel = dynamic(async () => (await import('./debug-panel.tsx')).DebugPanel, {
  ssr: false,
  loading: () => <Skeleton className="mt-5 h-[320px] w-full" />,
})
