import { EditModelApiPage } from './edit-model-api-page.tsx'

export default function Page() {
  return <EditModelApiPage />
}
