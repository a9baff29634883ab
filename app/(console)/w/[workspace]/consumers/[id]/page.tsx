import { ConsumerPage } from './consumer-page.tsx'

export default function Page() {
  return <ConsumerPage />
}
