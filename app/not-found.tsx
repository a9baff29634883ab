import { NotFoundPage } from '@/components/page/not-found-page.tsx'

export default function NotFound() {
  return (
    <main>
      <NotFoundPage />
    </main>
  )
}
