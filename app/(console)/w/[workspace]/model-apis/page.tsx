import { ModelApisPage } from './model-apis-page.tsx'

export default function Page() {
  return <ModelApisPage />
}
