import { ModelApiPage } from './model-api-page.tsx'

export default function Page() {
  return <ModelApiPage />
}
