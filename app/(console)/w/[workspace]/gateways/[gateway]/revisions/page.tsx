import { RevisionsPage } from './revisions-page.tsx'

export default function Page() {
  return <RevisionsPage />
}
