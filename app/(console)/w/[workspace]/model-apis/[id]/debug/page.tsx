import { DebugPage } from './debug-page.tsx'

export default function Page() {
  return <DebugPage />
}
