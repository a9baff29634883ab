import { NodesPage } from './nodes-page.tsx'

export default function Page() {
  return <NodesPage />
}
