import { NewConsumerPage } from './new-consumer-page.tsx'

export default function Page() {
  return <NewConsumerPage />
}
