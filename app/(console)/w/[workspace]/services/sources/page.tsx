import { SourcesPage } from './sources-page.tsx'

export default function Page() {
  return <SourcesPage />
}
