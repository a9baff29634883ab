import { ModelApiOverview } from './model-api-overview.tsx'

export default function Page() {
  return <ModelApiOverview />
}
