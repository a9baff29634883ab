import { NewModelApiPage } from './new-model-api-page.tsx'

export default function Page() {
  return <NewModelApiPage />
}
