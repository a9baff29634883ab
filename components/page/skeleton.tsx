import { clsx } from 'clsx'

/** A still grey bar of the size of what will come. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" className={clsx('block rounded-tag bg-active', className)} />
}

/** The geometry of a detail page: title, status, tabs, facts. */
export function DetailSkeleton() {
  return (
    <div aria-hidden="true">
      <Skeleton className="mt-1 h-5 w-[220px]" />
      <Skeleton className="mt-3.5 h-3 w-[320px]" />
      <div className="mt-7 flex gap-5 border-b border-line pb-3">
        <Skeleton className="h-3 w-16" />
        <Skeleton className="h-3 w-16" />
        <Skeleton className="h-3 w-16" />
      </div>
      <div className="grid gap-4 border-b border-line py-8 md:grid-cols-4">
        <Skeleton className="h-3 w-24" />
        <Skeleton className="h-3 w-24" />
        <Skeleton className="h-3 w-24" />
        <Skeleton className="h-3 w-24" />
      </div>
    </div>
  )
}

/** The geometry of form fields in a section. */
export function FieldsSkeleton({ fields = 3 }: { readonly fields?: number }) {
  return (
    <div aria-hidden="true" className="flex flex-col gap-[18px]">
      {Array.from({ length: fields }, (_, index) => (
        <div key={String(index)} className="max-w-[560px]">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="mt-2 h-ctl w-full" />
        </div>
      ))}
    </div>
  )
}
