import { EditConsumerPage } from './edit-consumer-page.tsx'

export default function Page() {
  return <EditConsumerPage />
}
