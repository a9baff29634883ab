import { WorkspacesPage } from './workspaces-page.tsx'

export default function Page() {
  return <WorkspacesPage />
}
