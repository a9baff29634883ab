import { Skeleton } from '@/components/page/skeleton.tsx'

/** The geometry of problems and numbers. */
export function OverviewSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="grid gap-8 py-6 lg:grid-cols-[232px_minmax(0,1fr)]">
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-4 w-48" />
      </div>
      <div className="grid gap-8 border-t border-line py-6 lg:grid-cols-[232px_minmax(0,1fr)]">
        <Skeleton className="h-4 w-28" />
        <div className="grid grid-cols-2 gap-6 md:grid-cols-4">
          {['requests', 'success', 'time', 'tokens'].map((name) => (
            <div key={name}>
              <Skeleton className="h-3 w-20" />
              <Skeleton className="mt-2 h-6 w-16" />
              <Skeleton className="mt-3 h-8 w-full" />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
