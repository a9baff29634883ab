import { InferenceServicesPage } from './inference-services-page.tsx'

export default function Page() {
  return <InferenceServicesPage />
}
